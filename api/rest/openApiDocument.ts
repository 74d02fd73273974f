import { generateOpenApiDocument, type OpenApiRouter } from 'trpc-to-openapi';
import { fileOperations } from '../files/openApiPaths.ts';
import { appRouter } from '../router.ts';
import { avatarOperations } from '../users/avatars/openApiPaths.ts';
import { type Route, routesOf } from './routes.ts';

type Document = ReturnType<typeof generateOpenApiDocument>;

const Problem: NonNullable<NonNullable<Document['components']>['schemas']>[string] = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable and dotted; branch on it. For example crew.conflict' },
    detail: { type: 'string', description: 'A sentence for people' },
    requestId: { type: 'string' },
  },
};

const problemResponse = {
  description: 'A refusal (RFC 9457), with more fields where its code has more to say',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const workspaceHeader = {
  in: 'header',
  name: 'Troupe-Workspace',
  required: false,
  description: 'Another workspace of yours than the personal one',
  schema: { type: 'string', format: 'uuid' },
} as const;

const idempotencyHeader = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  description: 'The same key and body give the same answer; the same key with another body is refused',
  schema: { type: 'string', maxLength: 255 },
} as const;

/** The document that `trpc-to-openapi` writes, with what our own adapter does differently put right. */
export function openApiDocument({ version }: { version: string }): Document {
  // Its type of a router has no room for a context that is not `any`.
  const router: unknown = appRouter;
  const document = generateOpenApiDocument(router as OpenApiRouter, {
    title: 'Troupe',
    description: 'Crews of AI agents: draw them, run them durably, follow what they do.',
    version,
    baseUrl: '/api/v1',
  });
  for (const route of routesOf(appRouter)) correct(document, route);
  return {
    ...document,
    paths: withFiles(document.paths),
    components: { ...document.components, schemas: { ...document.components?.schemas, Problem } },
  };
}

/** Bytes of files come and go beside the procedures. */
function withFiles(paths: Document['paths']): Document['paths'] {
  const { upload, download } = fileOperations;
  return {
    ...paths,
    '/files': { ...paths?.['/files'], post: upload },
    '/files/{id}/content': { get: download },
    '/users/me/avatar': { ...paths?.['/users/me/avatar'], post: avatarOperations.upload },
    '/users/{id}/avatar': { get: avatarOperations.download },
  };
}

function correct(document: Document, route: Route): void {
  const path = document.paths?.[route.path.replaceAll(/:(\w+)/g, '{$1}')];
  const operation = path?.[route.method];
  if (!operation) return;
  const success = operation.responses?.['200'];
  requireFields(success, route.alwaysGives);
  operation.responses = {
    [route.status]: route.status === 204 ? { description: 'Done' } : success,
    default: problemResponse,
  };
  operation.parameters = [
    ...(operation.parameters ?? []),
    ...(operation.security ? [workspaceHeader] : []),
    ...(route.takesIdempotencyKey ? [idempotencyHeader] : []),
  ];
  if (route.takesIdempotencyKey) hideField(operation.requestBody, 'idempotencyKey');
}

type Operation = NonNullable<NonNullable<Document['paths']>[string]['post']>;

function requireFields(answer: NonNullable<Operation['responses']>[string], fields: readonly string[]): void {
  const schema = answer && 'content' in answer ? answer.content?.['application/json']?.schema : undefined;
  if (schema && 'properties' in schema) schema.required = [...(schema.required ?? []), ...fields];
}

type Body = NonNullable<NonNullable<NonNullable<Document['paths']>[string]['post']>['requestBody']>;

/** The field has a header of its own in REST. */
function hideField(body: Body | undefined, field: string): void {
  const schema = body && 'content' in body ? body.content['application/json']?.schema : undefined;
  if (schema && 'properties' in schema && schema.properties) delete schema.properties[field];
}
