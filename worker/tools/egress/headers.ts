/** What belongs to a connection, to a proxy or to a browser's memory: never taken from whoever asks. */
const NEVER_SENT =
  /^(host|cookie2?|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect|x-forwarded-.*|forwarded|via|x-real-ip|sec-.*)$/i;
/** Stay with a request that is sent on to another origin; every other header may be a secret. */
const HARMLESS = /^(accept|accept-language|user-agent)$/i;
const ABOUT_THE_BODY = /^content-/i;

export type HeaderList = Readonly<Record<string, string>>;

/** A header as HTTP allows it; anything else could begin a second request. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]{0,8000}$/;

/** Leaves out what is never sent, and what is no header at all. */
export const sendable = (headers: HeaderList): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => NAME.test(name) && VALUE.test(value) && !NEVER_SENT.test(name),
    ),
  );

/** What goes along to another origin: nothing that could be a secret of the first. */
export const withoutSecrets = (headers: HeaderList): HeaderList =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.test(name)));

export const withoutBody = (headers: HeaderList): HeaderList =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ABOUT_THE_BODY.test(name)));
