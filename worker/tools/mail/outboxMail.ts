import type { Ledger } from '#api/database/Ledger.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { Mail } from './Mail.ts';

/** Keeps mails where people of the workspace can read them: for installations without a mail server. */
export const outboxMail = (ledger: Ledger): Mail => ({
  outcome: 'kept in the outbox of this workspace, since no mail server is set up',
  async send({ workspaceId, simulationId, path, to, subject, text }) {
    await ledger.inWorkspace(workspaceId, (transaction) =>
      transaction.run(KEEP, [workspaceId, simulationId, path, [...to], subject, text]),
    );
  },
});

const KEEP: PreparedStatement = {
  name: 'outbox.keep',
  text: `
insert into outbox_mails (workspace_id, simulation_id, path, recipients, subject, text)
values ($1, $2, $3, $4, $5, $6)
on conflict (simulation_id, path) do nothing`,
};
