import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

/** One plain address: no names, no lists, no comments, nothing that could end a header. */
const isAddress = (text: string) =>
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);

export const sendMailArguments = z.strictObject({
  to: z
    .array(z.string().max(254).refine(isAddress, 'An address such as "ana@example.com"'))
    .min(1)
    .max(10)
    .describe('Addresses of those who get it.'),
  subject: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => !/\p{Cc}/u.test(text), 'One line, without control characters'),
  text: z.string().min(1).max(100_000).describe('The message, as plain text.'),
});

export const sendMail: ToolDeclaration = {
  name: 'send_mail',
  title: 'Send mail',
  summary: 'Sends a mail through the mail server of this installation; without one it is kept in the outbox.',
  description: 'Sends an e-mail. It cannot be called back: use it only when the task asks for it.',
  parameters: jsonSchema(sendMailArguments),
  changesOutsideWorld: true,
  version: '1',
};
