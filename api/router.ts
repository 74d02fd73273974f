import { adminRouter } from './admin/router.ts';
import { agentsRouter } from './agents/router.ts';
import { auditRouter } from './audit/router.ts';
import { credentialsRouter } from './credentials/router.ts';
import { crewsRouter } from './crews/router.ts';
import { filesRouter } from './files/router.ts';
import { knowledgeRouter } from './knowledge/router.ts';
import { mailsRouter } from './mails/router.ts';
import { mcpServersRouter } from './mcpServers/router.ts';
import { memoriesRouter } from './memories/router.ts';
import { modelsRouter } from './models/router.ts';
import { questionsRouter } from './questions/router.ts';
import { secondFactorRouter } from './secondFactor/router.ts';
import { sessionsRouter } from './sessions/router.ts';
import { simulationsRouter } from './simulations/router.ts';
import { router } from './trpc.ts';
import { usersRouter } from './users/router.ts';
import { invitationsRouter } from './workspaces/invitations/router.ts';
import { membersRouter } from './workspaces/members/router.ts';
import { workspacesRouter } from './workspaces/router.ts';

/** Everything the api can do, by noun and verb. tRPC serves it as it is, REST by each procedure’s meta. */
export const appRouter = router({
  workspaces: workspacesRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  users: usersRouter,
  sessions: sessionsRouter,
  secondFactor: secondFactorRouter,
  agents: agentsRouter,
  crews: crewsRouter,
  simulations: simulationsRouter,
  questions: questionsRouter,
  files: filesRouter,
  knowledge: knowledgeRouter,
  memories: memoriesRouter,
  credentials: credentialsRouter,
  models: modelsRouter,
  mcpServers: mcpServersRouter,
  mails: mailsRouter,
  audit: auditRouter,
  admin: adminRouter,
});
export type AppRouter = typeof appRouter;
