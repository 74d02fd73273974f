import { randomUUIDv7 } from 'node:crypto';
import type { Action } from '../workspaces/policy.ts';

/**
 * What a procedure asks of whoever calls it: a role in the workspace that allows an action, an account and no role
 * (`self`), an administrator's account, or nothing (`public`).
 */
type Needs = Action | 'self' | 'admin' | 'public';

/** Of each noun that procedures name one of, the id of one that belongs to the team of the test. */
export interface Things {
  readonly crew: string;
  readonly simulation: string;
  readonly agent: string;
  readonly file: string;
  readonly knowledge: string;
  readonly source: string;
  /** Of the owner. */
  readonly memory: string;
  readonly credential: string;
  readonly question: string;
  readonly toolServer: string;
  readonly workspace: string;
  /** The viewer of the team. */
  readonly member: string;
  readonly invitation: string;
  /** Of the owner. */
  readonly session: string;
}
export type Noun = keyof Things;

export interface AccessRow {
  readonly needs: Needs;
  /** It names one of these. Then what is not the caller's is as little there as what never was. */
  readonly about?: Noun;
  /** A good input. About one thing: for the thing with this id. */
  readonly input?: (id: string, team: Things) => object;
}

type Rows = Readonly<Record<string, AccessRow>>;

const byId = (id: string): object => ({ id });

const crews: Rows = {
  'crews.list': { needs: 'read' },
  'crews.get': { needs: 'read', about: 'crew' },
  'crews.export': { needs: 'read', about: 'crew', input: (id) => ({ id, format: 'crewai' }) },
  'crews.samples': { needs: 'read' },
  // Asked with POST, and keeps nothing.
  'crews.validate': { needs: 'read', input: () => ({ graph: { nodes: [], edges: [] } }) },
  'crews.create': { needs: 'edit', input: () => ({ name: 'New', graph: { nodes: [], edges: [] } }) },
  'crews.import': { needs: 'edit', input: () => ({ format: 'troupe', files: { 'crew.json': '{}' } }) },
  'crews.createFromSample': { needs: 'edit', input: () => ({ key: 'none' }) },
  'crews.save': { needs: 'edit', about: 'crew', input: (id) => ({ id, name: 'Taken' }) },
  'crews.delete': { needs: 'edit', about: 'crew' },
  'crews.duplicate': { needs: 'edit', about: 'crew' },
  'crews.pin': { needs: 'edit', about: 'crew' },
};

const simulations: Rows = {
  'simulations.list': { needs: 'read' },
  'simulations.get': { needs: 'read', about: 'simulation' },
  'simulations.steps': { needs: 'read', about: 'simulation' },
  'simulations.step': {
    needs: 'read',
    about: 'simulation',
    input: (id) => ({ id, path: 't1/t1/0/think.1' }),
  },
  'simulations.events': { needs: 'read', about: 'simulation' },
  'simulations.follow': { needs: 'read', about: 'simulation' },
  'simulations.file': { needs: 'read', about: 'simulation', input: (id) => ({ id, name: 'report.md' }) },
  'simulations.tree': { needs: 'read', about: 'simulation' },
  'simulations.variants': { needs: 'read', about: 'simulation' },
  'simulations.compare': { needs: 'read', about: 'simulation', input: (id) => ({ id, with: id }) },
  'simulations.start': { needs: 'run', about: 'crew', input: (id) => ({ crewId: id }) },
  'simulations.keep': { needs: 'run', about: 'simulation' },
  'simulations.release': { needs: 'edit', about: 'simulation' },
  'simulations.pause': { needs: 'run', about: 'simulation' },
  'simulations.resume': { needs: 'run', about: 'simulation' },
  'simulations.cancel': { needs: 'run', about: 'simulation' },
  'simulations.retry': { needs: 'run', about: 'simulation' },
  'simulations.answer': {
    needs: 'run',
    about: 'simulation',
    input: (id, team) => ({ id, requestId: team.question, outcome: 'Approve' }),
  },
  'simulations.fork': { needs: 'run', about: 'simulation' },
  'simulations.previewFork': { needs: 'run', about: 'simulation' },
  'simulations.move': { needs: 'run', about: 'simulation' },
  'simulations.startVariants': { needs: 'run', about: 'simulation', input: variants },
  'simulations.previewVariants': { needs: 'run', about: 'simulation', input: variants },
  'simulations.keepVariant': {
    needs: 'run',
    about: 'simulation',
    input: (id) => ({ id, variantId: randomUUIDv7() }),
  },
  'questions.list': { needs: 'read' },
  'questions.count': { needs: 'read' },
  'questions.get': { needs: 'read', about: 'question' },
};

const agents: Rows = {
  'agents.list': { needs: 'read' },
  'agents.get': { needs: 'read', about: 'agent' },
  'agents.test': { needs: 'run', about: 'agent', input: (id) => ({ id, message: 'Hello' }) },
  'agents.create': { needs: 'edit', input: () => ({ role: 'Editor' }) },
  'agents.save': { needs: 'edit', about: 'agent', input: (id) => ({ id, name: 'Taken' }) },
  'agents.delete': { needs: 'edit', about: 'agent' },
  'agents.duplicate': { needs: 'edit', about: 'agent' },
};

const belongings: Rows = {
  'files.list': { needs: 'read' },
  'files.get': { needs: 'read', about: 'file' },
  'files.delete': { needs: 'edit', about: 'file' },
  'knowledge.list': { needs: 'read' },
  'knowledge.get': { needs: 'read', about: 'knowledge' },
  // Asked with POST, and keeps nothing.
  'knowledge.search': { needs: 'read', about: 'knowledge', input: (id) => ({ id, query: 'secret' }) },
  'knowledge.create': { needs: 'edit', input: () => ({ name: 'New' }) },
  'knowledge.save': { needs: 'edit', about: 'knowledge', input: (id) => ({ id, name: 'Taken' }) },
  'knowledge.delete': { needs: 'edit', about: 'knowledge' },
  'knowledge.addSource': {
    needs: 'edit',
    about: 'knowledge',
    input: (id) => ({ id, name: 'Taken', text: 'Taken' }),
  },
  'knowledge.renew': { needs: 'edit', about: 'knowledge' },
  // Another’s source in one’s own base: `knowledge.integration.test.ts`.
  'knowledge.reread': {
    needs: 'edit',
    about: 'knowledge',
    input: (id, { source }) => ({ id, sourceId: source }),
  },
  'knowledge.removeSource': {
    needs: 'edit',
    about: 'knowledge',
    input: (id, { source }) => ({ id, sourceId: source }),
  },
  'memories.list': { needs: 'read' },
  'memories.scopes': { needs: 'read' },
  // What is remembered for somebody is theirs, whatever their role.
  'memories.delete': { needs: 'self', about: 'memory' },
  'memories.forgetCrew': { needs: 'self', about: 'crew', input: (id) => ({ crewId: id }) },
  'credentials.list': { needs: 'read' },
  // Shared ones as here; of one's own whoever may run: `credentials.integration.test.ts`.
  'credentials.create': {
    needs: 'edit',
    input: () => ({ name: 'New', provider: 'openai', secret: 'sk-new' }),
  },
  'credentials.save': { needs: 'edit', about: 'credential', input: (id) => ({ id, name: 'Taken' }) },
  'credentials.replace': { needs: 'edit', about: 'credential', input: (id) => ({ id, secret: 'sk-taken' }) },
  'credentials.delete': { needs: 'edit', about: 'credential' },
  'credentials.changeKey': { needs: 'manage' },
  'mcpServers.list': { needs: 'read' },
  'mcpServers.create': { needs: 'edit', input: () => ({ name: 'New', url: 'https://tools.example/mcp' }) },
  'mcpServers.refresh': { needs: 'edit', about: 'toolServer' },
  'mcpServers.confirm': { needs: 'edit', about: 'toolServer', input: (id) => ({ id, hash: 'seen' }) },
  'mcpServers.delete': { needs: 'edit', about: 'toolServer' },
  'models.list': { needs: 'read' },
  'mails.list': { needs: 'read' },
};

const records: Rows = {
  'workspaces.stopped': { needs: 'read' },
  'workspaces.stop': { needs: 'manage', input: () => ({ reason: 'Why' }) },
  'workspaces.allow': { needs: 'manage' },
  'admin.users': { needs: 'admin' },
  'admin.disableUser': { needs: 'admin', input: byId },
  'admin.enableUser': { needs: 'admin', input: byId },
  'admin.setRole': { needs: 'admin', input: (id) => ({ id, role: 'admin' }) },
  'admin.workspaces': { needs: 'admin' },
  'admin.stopWorkspace': { needs: 'admin', input: (id) => ({ id, reason: 'Why' }) },
  'admin.allowWorkspace': { needs: 'admin', input: byId },
  'admin.usage': { needs: 'admin' },
  'admin.failedSimulations': { needs: 'admin' },
  'admin.health': { needs: 'admin' },
  'audit.list': { needs: 'manage' },
  'audit.actors': { needs: 'manage' },
  'audit.verify': { needs: 'manage' },
  'audit.export': { needs: 'manage' },
};

const workspaces: Rows = {
  'workspaces.list': { needs: 'self' },
  'workspaces.locate': { needs: 'self' },
  'workspaces.create': { needs: 'self' },
  'workspaces.get': { needs: 'read', about: 'workspace' },
  'workspaces.save': { needs: 'manage', about: 'workspace', input: (id) => ({ id, name: 'Taken' }) },
  'workspaces.retention': { needs: 'read', about: 'workspace' },
  'workspaces.saveRetention': {
    needs: 'manage',
    about: 'workspace',
    input: (id) => ({ id, days: 365 }),
  },
  'workspaces.delete': { needs: 'manage', about: 'workspace', input: (id) => ({ id, name: 'Team' }) },
  'members.list': { needs: 'read', about: 'workspace' },
  'members.leave': { needs: 'read', about: 'workspace' },
  'members.changeRole': {
    needs: 'manage',
    about: 'workspace',
    input: (id, { member }) => ({ id, userId: member, role: 'owner' }),
  },
  'members.remove': {
    needs: 'manage',
    about: 'workspace',
    input: (id, { member }) => ({ id, userId: member }),
  },
  'invitations.list': { needs: 'manage', about: 'workspace' },
  'invitations.create': {
    needs: 'manage',
    about: 'workspace',
    input: (id) => ({ id, email: 'guest@example.com', role: 'viewer' }),
  },
  'invitations.revoke': {
    needs: 'manage',
    about: 'workspace',
    input: (id, { invitation }) => ({ id, invitationId: invitation }),
  },
  'invitations.look': { needs: 'public' },
  'invitations.accept': { needs: 'self' },
};

const accounts: Rows = {
  'users.me': { needs: 'public' },
  'users.register': { needs: 'public' },
  'users.login': { needs: 'public' },
  'users.loginSecondFactor': { needs: 'public' },
  'users.refresh': { needs: 'public' },
  'users.guest': { needs: 'public' },
  'users.keep': { needs: 'public' },
  'users.verify': { needs: 'public' },
  'users.forgotPassword': { needs: 'public' },
  'users.resetPassword': { needs: 'public' },
  'users.changeEmail': { needs: 'public' },
  'users.undoEmail': { needs: 'public' },
  'users.saveProfile': { needs: 'self' },
  'users.removeAvatar': { needs: 'self' },
  'users.changePassword': { needs: 'self' },
  'users.sendVerification': { needs: 'self' },
  'users.requestEmail': { needs: 'self' },
  'users.delete': { needs: 'self' },
  'users.export': { needs: 'self' },
  'users.exports': { needs: 'self' },
  'users.logout': { needs: 'self' },
  'sessions.confirm': { needs: 'self' },
  'sessions.list': { needs: 'self' },
  'sessions.close': { needs: 'self', about: 'session' },
  'sessions.closeOthers': { needs: 'self' },
  'secondFactor.get': { needs: 'self' },
  'secondFactor.prepare': { needs: 'self' },
  'secondFactor.enable': { needs: 'self', input: () => ({ code: '000000' }) },
  'secondFactor.renewCodes': { needs: 'self' },
  'secondFactor.disable': { needs: 'self', input: () => ({ code: '000000' }) },
  'mails.letters': { needs: 'public' },
};

function variants(id: string): object {
  return { id, path: 't1/t1/0/think.1', variants: [{}] };
}

/** Every procedure of the router. A new one fails `access.integration.test.ts` until it has a row here. */
export const ACCESS_ROWS: Rows = {
  ...crews,
  ...simulations,
  ...agents,
  ...belongings,
  ...records,
  ...workspaces,
  ...accounts,
};

/** The input of a row, about the thing with this id where it is about one. */
export const inputOf = ({ about, input }: AccessRow, id: string, team: Things): object =>
  input?.(id, team) ?? (about === undefined ? {} : byId(id));
