import { cleanText } from '#api/database/ledger/cleanText.ts';
import { sendMail as declaration, sendMailArguments } from '#workflows/catalogue/mailTools.ts';
import type { Tool } from '../Tool.ts';
import { type Mail, MailRefused } from './Mail.ts';
import { savedMail } from './savedMail.ts';

/** Through the crew's own mail server before the installation's. */
export const createSendMail = (installation: Mail): Tool => ({
  declaration,
  async run(args, context) {
    const { to, subject, text } = sendMailArguments.parse(args);
    const { workspaceId, simulationId, path } = context;
    const mail = (await savedMail(context)) ?? installation;
    const message = { to, subject: cleanText(subject), text: cleanText(text) };
    try {
      await mail.send({ workspaceId, simulationId, path, ...message });
    } catch (error) {
      if (error instanceof MailRefused) return { ok: false, text: error.message };
      throw error;
    }
    return `The mail to ${to.join(', ')} is ${mail.outcome}.`;
  },
});
