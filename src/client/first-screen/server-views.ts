// What the build makes for the server.
export { renderFirstScreen } from './first-screen.tsx';
export { renderPlainForm, renderPlainThanks } from './plain-form.tsx';
