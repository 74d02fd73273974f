import { USUAL_EMBEDDING_MODEL } from './embeddings.ts';

/** What a credential is for. The kind decides which of its fields there are. */
export const CREDENTIAL_PROVIDERS = [
  'openai',
  'anthropic',
  'openai-compatible',
  'serper',
  'tavily',
  'brave',
  'http',
  'mcp',
  'smtp',
] as const;
export type CredentialProvider = (typeof CREDENTIAL_PROVIDERS)[number];

export interface CredentialKind {
  readonly provider: CredentialProvider;
  readonly title: string;
  /** What it opens, for people who choose. */
  readonly purpose: string;
  readonly group: 'models' | 'search' | 'tools';
  /** What people call the secret. */
  readonly secretTitle: string;
  /**
   * Where it may be sent: to the provider alone; to the address that is saved with it; or to any of several origins.
   */
  readonly sentTo: 'provider' | 'url' | 'origins';
  /** Of `provider`. */
  readonly origin?: string;
  /** Of `url`: what it may begin with, and an example. */
  readonly schemes?: readonly string[];
  readonly example?: string;
  /** Its secret travels in a header that can be named. */
  readonly takesHeader: boolean;
  readonly takesUsername: boolean;
  /** The model that it embeds with unless another is named; empty when one must be named. Left out: it embeds nothing. */
  readonly embedsWith?: string;
}

const PLAIN = { takesHeader: false, takesUsername: false } as const;

export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  {
    provider: 'openai',
    title: 'OpenAI',
    purpose: 'Models named openai/…',
    group: 'models',
    secretTitle: 'API key',
    sentTo: 'provider',
    origin: 'https://api.openai.com',
    embedsWith: USUAL_EMBEDDING_MODEL,
    ...PLAIN,
  },
  {
    provider: 'anthropic',
    title: 'Anthropic',
    purpose: 'Models named anthropic/…',
    group: 'models',
    secretTitle: 'API key',
    sentTo: 'provider',
    origin: 'https://api.anthropic.com',
    ...PLAIN,
  },
  {
    provider: 'openai-compatible',
    title: 'Another model server',
    purpose: 'Models of any server that speaks like OpenAI, named custom/…',
    group: 'models',
    secretTitle: 'API key',
    sentTo: 'url',
    schemes: ['https:', 'http:'],
    example: 'https://models.example.org/v1',
    embedsWith: '',
    ...PLAIN,
  },
  {
    provider: 'serper',
    title: 'Serper',
    purpose: 'Web search',
    group: 'search',
    secretTitle: 'API key',
    sentTo: 'provider',
    origin: 'https://google.serper.dev',
    ...PLAIN,
  },
  {
    provider: 'tavily',
    title: 'Tavily',
    purpose: 'Web search',
    group: 'search',
    secretTitle: 'API key',
    sentTo: 'provider',
    origin: 'https://api.tavily.com',
    ...PLAIN,
  },
  {
    provider: 'brave',
    title: 'Brave Search',
    purpose: 'Web search',
    group: 'search',
    secretTitle: 'API key',
    sentTo: 'provider',
    origin: 'https://api.search.brave.com',
    ...PLAIN,
  },
  {
    provider: 'http',
    title: 'HTTP header',
    purpose: 'Requests of the HTTP tool',
    group: 'tools',
    secretTitle: 'Value',
    sentTo: 'origins',
    takesHeader: true,
    takesUsername: false,
  },
  {
    provider: 'mcp',
    title: 'MCP server',
    purpose: 'Tools of a server over streamable HTTP',
    group: 'tools',
    secretTitle: 'Token',
    sentTo: 'url',
    schemes: ['https:', 'http:'],
    example: 'https://tools.example.org/mcp',
    takesHeader: true,
    takesUsername: false,
  },
  {
    provider: 'smtp',
    title: 'Mail server',
    purpose: 'Mail that agents send',
    group: 'tools',
    secretTitle: 'Password',
    sentTo: 'url',
    schemes: ['smtps:', 'smtp:'],
    example: 'smtps://mail.example.org:465',
    takesHeader: false,
    takesUsername: true,
  },
];

const KINDS = new Map(CREDENTIAL_KINDS.map((kind) => [kind.provider, kind]));

export function kindOf(provider: CredentialProvider): CredentialKind {
  const kind = KINDS.get(provider);
  if (!kind) throw new Error(`Nothing is known of ${provider}`);
  return kind;
}

const MAIL_PORTS = new Map([
  ['smtp:', '587'],
  ['smtps:', '465'],
]);

/**
 * Scheme, host and port of an address, as a credential is bound to them: `https://a.example`, `smtps://a.example:465`.
 * Undefined for what is no address of these schemes, or holds a name and a password.
 */
export function originOf(
  address: string,
  schemes: readonly string[] = ['https:', 'http:'],
): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!schemes.includes(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '')
    return undefined;
  const mailPort = MAIL_PORTS.get(url.protocol);
  if (mailPort === undefined) return url.origin;
  return `${url.protocol}//${url.hostname.toLowerCase()}:${url.port || mailPort}`;
}
