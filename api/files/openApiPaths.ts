import type { generateOpenApiDocument } from 'trpc-to-openapi';
import { z } from 'zod';
import { FilePurpose, FileView } from './schema.ts';

type Paths = NonNullable<ReturnType<typeof generateOpenApiDocument>['paths']>;
type Operation = NonNullable<Paths[string]['post']>;

const refusal = {
  description: 'A refusal (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
const common = { tags: ['Files'], security: [{ Authorization: [] }] };

/** Of our own schemas, without the line that names the dialect. */
function properties(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}

/** What the document says of the two routes that no procedure stands for. */
export const fileOperations: Readonly<Record<'upload' | 'download', Operation>> = {
  upload: {
    ...common,
    operationId: 'files-upload',
    summary: 'Upload a file of 25 MB at most',
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              purpose: { type: 'string', enum: [...FilePurpose.options] },
              file: { type: 'string', contentMediaType: 'application/octet-stream' },
            },
          },
        },
      },
    },
    responses: {
      201: { description: 'Kept', content: { 'application/json': { schema: properties(FileView) } } },
      default: refusal,
    },
  },
  download: {
    ...common,
    operationId: 'files-download',
    summary: 'Download a file',
    parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: {
      200: {
        description: 'Its bytes, always as an attachment',
        content: { 'application/octet-stream': {} },
      },
      default: refusal,
    },
  },
};
