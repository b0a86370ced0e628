export { dayInBangkok } from '#core/life/day.ts';
