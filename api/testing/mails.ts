import type { KeptLetter } from '../database/letters/letters.ts';
import { answerResetRequests } from '../users/passwords/answerResetRequests.ts';
import type { TestApi } from './openTestApi.ts';

/** Mails to an address, newest first, after everything that waits to be mailed is. */
export async function mailsTo(api: TestApi, address: string): Promise<KeptLetter[]> {
  await answerResetRequests(api.services);
  const letters = await api.services.mails.list();
  return letters.filter(({ to }) => to === address);
}

/** The token in the link of the newest mail that opens this page. */
export async function mailedToken(api: TestApi, address: string, page: string): Promise<string> {
  for (const { text } of await mailsTo(api, address)) {
    const token = new RegExp(`/${page}#(\\S+)`).exec(text)?.[1];
    if (token) return token;
  }
  throw new Error(`No mail to ${address} opens /${page}`);
}
