import { toJSONSchema } from 'zod';
import type * as z from 'zod/mini';
import { ACCOUNT_HEADER, ACCOUNT_ID_HEADER } from '#core/contract/account.ts';
import { problemSchema } from '#core/contract/problem.ts';
import { uuidSchema } from '#core/contract/uuid-schema.ts';
import { PLAIN_FORM_PATH } from './plain-form.ts';
import { FORM_TYPE, formFieldsSchema } from './read-form.ts';
import type { Route } from './route.ts';

const PROBLEMS_OF_EVERY_ROUTE = ['too-many-requests', 'internal'] as const;

/** Whether it is an integerSchema, which zod takes for any number: the code of its own integers is spared each phone. */
const isInteger = ({ _zod: { def } }: z.core.$ZodTypes) =>
  def.checks?.some(({ _zod: check }) => 'fn' in check.def && check.def.fn === Number.isSafeInteger);

const jsonSchema = (schema: z.ZodMiniType, io: 'input' | 'output') =>
  toJSONSchema(schema, {
    io,
    override({ zodSchema, jsonSchema: described }) {
      if (isInteger(zodSchema)) described.type = 'integer';
      if (Object.is(zodSchema, uuidSchema)) described.format = 'uuid';
    },
  });

const jsonContent = (schema: z.ZodMiniType, io: 'input' | 'output') => ({
  content: { 'application/json': { schema: jsonSchema(schema, io) } },
});

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** /api/v1/channels/:code as OpenAPI writes it: /api/v1/channels/{code} */
export const openApiPath = (path: string) => path.replace(/:(\w+)/g, '{$1}');

const parametersIn = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const ACCOUNT_MEANING =
  'Whom the sender takes for signed in, percent-encoded: refused as not-signed-in where it is somebody else. Without it nothing is compared.';

const ACCOUNT_ID_MEANING =
  'The id of that account: where a request is refused as not-signed-in and no account has it any more, the detail says account-gone.';

function parametersOf(route: Route) {
  const inPath = parametersIn(route.path);
  const inQuery = Object.entries(route.query ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    required: true,
    description,
    schema: { type: 'string' },
  }));
  const inOptionalQuery = Object.entries(route.optionalQuery ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  const headers = {
    ...(route.access !== 'public' && {
      [ACCOUNT_HEADER]: ACCOUNT_MEANING,
      [ACCOUNT_ID_HEADER]: ACCOUNT_ID_MEANING,
    }),
    ...route.headers,
  };
  const inHeader = Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }));
  return [...inPath, ...inQuery, ...inOptionalQuery, ...inHeader];
}

function problemsOf(route: Route): string[] {
  const fromGuards = [
    ...(route.access === 'public' ? [] : ['not-signed-in']),
    ...(route.access === 'public' || route.access === 'signed-in' ? [] : ['not-allowed']),
    ...(route.method !== 'GET' ? ['cross-site'] : []),
    ...(route.senders === 'any' ? ['outdated-client'] : []),
    ...(route.body ? ['malformed-json', 'not-utf8', 'body-too-large'] : []),
  ];
  return [...new Set([...route.problems, ...fromGuards, ...PROBLEMS_OF_EVERY_ROUTE])];
}

function operationOf(route: Route) {
  const replies = Object.entries(route.replies).map(([status, schema]) => {
    const others = status === '200' ? (route.mediaTypes ?? []) : [];
    const content = {
      ...(schema && jsonContent(schema, 'output').content),
      ...Object.fromEntries(others.map((type) => [type, {}])),
    };
    const hasContent = Object.keys(content).length > 0;
    return [
      status,
      { description: hasContent ? 'The answer' : 'Done', ...(hasContent && { content }) },
    ];
  });
  return {
    summary: route.summary,
    parameters: parametersOf(route),
    ...(route.body && { requestBody: { required: true, ...jsonContent(route.body, 'input') } }),
    ...(route.access !== 'public' && { security: [{ session: [] }] }),
    responses: {
      ...Object.fromEntries(replies),
      default: refusal(`Refused, with one of the codes ${problemsOf(route).join(', ')}`),
    },
  };
}

const page = (description: string) => ({ description, content: { 'text/html': {} } });

/** The one page that takes something: the questionnaire of browsers that run no scripts. */
function plainFormOperation() {
  return {
    summary: 'Takes the questionnaire as a form that was filled in without scripts',
    parameters: parametersIn(PLAIN_FORM_PATH),
    requestBody: {
      required: true,
      content: { [FORM_TYPE]: { schema: jsonSchema(formFieldsSchema, 'input') } },
    },
    responses: {
      200: page('The form again, in the language of `switch`'),
      303: { description: 'Kept; the page of thanks' },
      422: page('The form again, with what lacks'),
      429: page('The form again, to be sent once more after Retry-After'),
      503: page('The form again, to be sent once more'),
      default: refusal('Refused, with one of the codes invalid-request, body-too-large, not-utf8'),
    },
  };
}

/** The OpenAPI 3.1 document of the routes, made from the schemas that check what really travels. */
export function openApiDocument(routes: readonly Route[], publicUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  paths[openApiPath(PLAIN_FORM_PATH)] = { post: plainFormOperation() };
  return {
    openapi: '3.1.0',
    info: { title: 'Sucharit', version: '1' },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sucharit.session_token' },
      },
    },
  };
}
