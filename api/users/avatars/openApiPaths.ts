import type { generateOpenApiDocument } from 'trpc-to-openapi';

type Paths = NonNullable<ReturnType<typeof generateOpenApiDocument>['paths']>;
type Operation = NonNullable<Paths[string]['post']>;

const refusal = {
  description: 'A refusal (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const common = { tags: ['Users'], security: [{ Authorization: [] }] };

/** What the document says of the two routes that no procedure stands for. */
export const avatarOperations: Readonly<Record<'upload' | 'download', Operation>> = {
  upload: {
    ...common,
    operationId: 'users-uploadAvatar',
    summary: 'Upload one’s picture: PNG, JPEG or WebP, 512 kB and 1,024 pixels a side at most',
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
          },
        },
      },
    },
    responses: {
      201: {
        description: 'Kept',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['avatarUrl'],
              properties: { avatarUrl: { type: 'string' } },
            },
          },
        },
      },
      default: refusal,
    },
  },
  download: {
    ...common,
    operationId: 'users-avatar',
    summary: 'The picture of somebody who shares a workspace with the caller',
    parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: {
      200: { description: 'Its bytes', content: { 'image/*': {} } },
      default: refusal,
    },
  },
};
