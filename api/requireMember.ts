import type { Request, Response } from 'express';
import type { MemberContext, Services } from './context.ts';
import { createContext } from './createContext.ts';
import { AppError } from './errors.ts';
import { takeAll } from './limits/countCall.ts';

/** Who asks, for routes that carry bytes and have no procedure. */
export async function requireMember(
  services: Services,
  request: Request,
  response: Response,
): Promise<MemberContext> {
  const { workspace } = request.query;
  const context = await createContext(services, {
    request,
    response,
    sendsCookies: false,
    workspace: typeof workspace === 'string' ? workspace : undefined,
  });
  const { caller } = context;
  await takeAll(context, ['callsByAccount']);
  if (!caller) throw new AppError('session.required', 'Sign in first.');
  return { ...context, caller };
}
