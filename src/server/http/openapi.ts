import { toJSONSchema } from 'zod';
import type * as z from 'zod/mini';
import { problemSchema } from '#core/contract/problem.ts';
import type { Route } from './route.ts';

const PROBLEMS_OF_EVERY_ROUTE = ['too-many-requests', 'internal'] as const;

const jsonSchema = (schema: z.ZodMiniType, io: 'input' | 'output') => toJSONSchema(schema, { io });

const jsonContent = (schema: z.ZodMiniType, io: 'input' | 'output') => ({
  content: { 'application/json': { schema: jsonSchema(schema, io) } },
});

/** /api/v1/channels/:code as OpenAPI writes it: /api/v1/channels/{code} */
export const openApiPath = (path: string) => path.replace(/:(\w+)/g, '{$1}');

function parametersOf(route: Route) {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
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
  const inHeader = Object.entries(route.headers ?? {}).map(([name, description]) => ({
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
  const replies = Object.entries(route.replies).map(([status, schema]) => [
    status,
    { description: schema ? 'The answer' : 'Done', ...(schema && jsonContent(schema, 'output')) },
  ]);
  return {
    summary: route.summary,
    parameters: parametersOf(route),
    ...(route.body && { requestBody: { required: true, ...jsonContent(route.body, 'input') } }),
    ...(route.access !== 'public' && { security: [{ session: [] }] }),
    responses: {
      ...Object.fromEntries(replies),
      default: {
        description: `Refused, with one of the codes ${problemsOf(route).join(', ')}`,
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
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
