import { type CredentialProvider, kindOf, originOf } from '#workflows/catalogue/credentials.ts';
import { invalid } from '../errors.ts';

/** What people say of where a credential goes and how. */
export interface PlaceInput {
  readonly url?: string;
  readonly origins?: readonly string[];
  readonly header?: string;
  readonly prefix?: string;
  readonly username?: string;
}

/** The same as a row has it. */
export interface Place {
  readonly url: string | null;
  readonly origins: string[];
  readonly header: string | null;
  readonly prefix: string | null;
  readonly username: string | null;
}

/** Set by the connection itself, or able to make another request out of one. */
const NEVER =
  /^(host|cookie|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|proxy-.*|x-forwarded-.*|forwarded)$/i;

/** Checks what was said against what this kind of credential has. Refuses fields that it has not. */
export function placeOf(provider: CredentialProvider, input: PlaceInput): Place {
  const { sentTo, origin = '', takesHeader, takesUsername } = kindOf(provider);
  if (sentTo !== 'url') refuse(input, 'url', provider);
  if (sentTo !== 'origins') refuse(input, 'origins', provider);
  if (!takesHeader) {
    refuse(input, 'header', provider);
    refuse(input, 'prefix', provider);
  }
  if (!takesUsername) refuse(input, 'username', provider);
  const address = sentTo === 'url' ? addressOf(provider, input.url) : null;
  const origins =
    sentTo === 'provider'
      ? [origin]
      : sentTo === 'origins'
        ? originsOf(input.origins)
        : [address?.origin ?? ''];
  return {
    url: address?.url ?? null,
    origins,
    header: takesHeader ? headerOf(input.header) : null,
    prefix: takesHeader ? (input.prefix ?? 'Bearer ') : null,
    username: takesUsername ? needed(input.username, 'username', 'A mail server wants a user name.') : null,
  };
}

function refuse(input: PlaceInput, field: keyof PlaceInput, provider: CredentialProvider): void {
  if (input[field] !== undefined)
    throw invalid(field, `A credential for ${kindOf(provider).title} has no ${field}.`);
}

function needed(value: string | undefined, field: string, message: string): string {
  if (value === undefined || value === '') throw invalid(field, message);
  return value;
}

function addressOf(provider: CredentialProvider, given: string | undefined): { url: string; origin: string } {
  const { schemes = [], example = '' } = kindOf(provider);
  const url = needed(given, 'url', `Say where it may be sent, such as ${example}.`);
  const origin = originOf(url, schemes);
  if (origin === undefined)
    throw invalid('url', `Write the address like ${example}, without a user name or password in it.`);
  const { search, hash } = new URL(url);
  if (search !== '' || hash !== '') throw invalid('url', 'Leave out what follows ? or #.');
  return { url, origin };
}

function originsOf(given: readonly string[] | undefined): string[] {
  if (!given) throw invalid('origins', 'Say where it may be sent, such as https://api.example.org.');
  const origins = given.map((text, index) => {
    const origin = originOf(text);
    if (origin === undefined)
      throw invalid(`origins.${index}`, 'Write an address like https://api.example.org.');
    return origin;
  });
  return [...new Set(origins)];
}

function headerOf(header = 'Authorization'): string {
  if (NEVER.test(header)) throw invalid('header', 'This header is set by the connection itself.');
  return header;
}

const MOST_CHARS = 300;

/** Where it goes, for the audit: never paths, which may hold more than a place. */
export const hostsOf = (origins: readonly string[]): { readonly hosts: string } => ({
  hosts: origins
    .map((origin) => new URL(origin).host)
    .join(', ')
    .slice(0, MOST_CHARS),
});
