import type { Request, Response } from 'express';
import type { Context, Services } from './context.ts';
import { requestIdOf } from './http/requestId.ts';
import { tellRate } from './limits/tellRates.ts';
import { authenticate, authenticateAgain } from './sessions/authenticate.ts';

export interface CreateContextOptions {
  readonly request: Request;
  readonly response: Response;
  /** REST gives out tokens and no cookies, so that scripts with a cookie jar do not look like browsers. */
  readonly sendsCookies: boolean;
  /** Named where a browser can send no header: in a stream, or in a link to a file. */
  readonly workspace?: string | undefined;
}

const USER_AGENT_KEPT = 300;

const header = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

/** Finds out who asks. The same for tRPC and REST. */
export async function createContext(
  services: Services,
  { request, response, sendsCookies, workspace: otherwise }: CreateContextOptions,
): Promise<Context> {
  const { authorization, cookie } = request.headers;
  const workspace = header(request.headers['troupe-workspace']) ?? otherwise;
  const setCookie = (value: string) => {
    if (sendsCookies) response.append('set-cookie', value);
  };
  const ip = request.ip ?? '';
  const { caller, renewedCookie } = await authenticate(services, { authorization, cookie, workspace, ip });
  if (renewedCookie) setCookie(renewedCookie);
  return {
    ...services,
    caller,
    requestId: requestIdOf(response),
    ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, USER_AGENT_KEPT),
    sendsCookies,
    setCookie,
    knownBrowser: (email) => services.knownBrowsers.find(cookie ?? '', email),
    tellRate: (taken) => tellRate(response, taken),
    reauthorise: async () => caller && authenticateAgain(services, caller, workspace),
  };
}
