import type { openApiDocument } from './openApiDocument.ts';

type Document = ReturnType<typeof openApiDocument>;
type PathItem = NonNullable<Document['paths']>[string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const toHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPED[character] ?? '');

/** A page to read the document by: plain HTML, no script, nothing from elsewhere. */
export function renderReference(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
  const tags = [...new Set(operations.map(({ operation }) => tagOf(operation)))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => tagOf(operation) === tag);
    return `<section><h2>${toHtml(tag)}</h2>${own.map(renderOperation).join('')}</section>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Troupe API</title>
<link rel="stylesheet" href="/api-reference/reference.css">
</head>
<body>
<header>
<h1>Troupe API</h1>
<p>REST under <code>/api/v1</code>. Log in, then send <code>Authorization: Bearer &lt;accessToken&gt;</code>.
Refusals are <code>application/problem+json</code> with a stable <code>code</code>.
The whole as <a href="/api/v1/openapi.json">OpenAPI</a>.</p>
</header>
<main>${sections.join('')}${renderSchemas(document)}</main>
</body>
</html>
`;
}

const tagOf = ({ tags = [] }: Operation): string => tags[0] ?? 'Other';

interface Entry {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function renderOperation({ path, method, operation }: Entry): string {
  const { summary = '', description, parameters = [], requestBody, responses = {}, security } = operation;
  const body =
    requestBody && 'content' in requestBody
      ? (requestBody.content['application/json'] ?? requestBody.content['multipart/form-data'])?.schema
      : null;
  return `<details>
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${toHtml(path)}</code> ${toHtml(summary)}</summary>
${description ? `<p>${toHtml(description)}</p>` : ''}
${security ? '' : '<p>Needs no token.</p>'}
${parameters.length > 0 ? renderParameters(parameters) : ''}
${body ? block('Body', body) : ''}
${Object.entries(responses)
  .map(([status, response]) => block(`Answer ${status}`, contentOf(response)))
  .join('')}
</details>`;
}

function renderParameters(parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map((parameter) => {
    if (!('name' in parameter)) return '';
    const { name, required, description = '' } = parameter;
    const where = `${parameter.in}${required ? ', required' : ''}`;
    return `<tr><td><code>${toHtml(name)}</code></td><td>${where}</td><td>${toHtml(description)}</td></tr>`;
  });
  return `<table><thead><tr><th>Parameter</th><th>In</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The schema of an answer, or its description when it has none. */
function contentOf(response: unknown): unknown {
  if (typeof response !== 'object' || response === null) return null;
  const { content, description } = { content: undefined, description: undefined, ...response };
  const [first] = Object.values(content ?? {});
  return typeof first === 'object' && first !== null && 'schema' in first ? first.schema : description;
}

const block = (title: string, schema: unknown): string =>
  `<h3>${toHtml(title)}</h3><pre>${toHtml(typeof schema === 'string' ? schema : JSON.stringify(schema, null, 2))}</pre>`;

function renderSchemas({ components }: Document): string {
  const schemas = Object.entries(components?.schemas ?? {});
  const items = schemas.map(
    ([name, schema]) =>
      `<details id="${toHtml(name)}"><summary><code>${toHtml(name)}</code></summary>${block('Schema', schema)}</details>`,
  );
  return `<section><h2>Schemas</h2>${items.join('')}</section>`;
}
