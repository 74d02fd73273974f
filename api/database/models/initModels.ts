import type { Sequelize } from 'sequelize';
import { initAgent } from './Agent.ts';
import { initCommand } from './Command.ts';
import { initCredential } from './Credential.ts';
import { initCrew } from './Crew.ts';
import { initCrewVersion } from './CrewVersion.ts';
import { initEventRow } from './EventRow.ts';
import { initIdempotencyKey } from './IdempotencyKey.ts';
import { initInvitation } from './Invitation.ts';
import { initKnowledgeBase } from './KnowledgeBase.ts';
import { initKnowledgeSource } from './KnowledgeSource.ts';
import { initMcpServer } from './McpServer.ts';
import { initMembership } from './Membership.ts';
import { initQuestion } from './Question.ts';
import { initSession } from './Session.ts';
import { initSimulation } from './Simulation.ts';
import { initSimulationFile } from './SimulationFile.ts';
import { initStep } from './Step.ts';
import { initStoredFile } from './StoredFile.ts';
import { initUser } from './User.ts';
import { initWorkspace } from './Workspace.ts';

/** Tells every model its connection. One process has one database. */
export function initModels(sequelize: Sequelize): void {
  initUser(sequelize);
  initSession(sequelize);
  initWorkspace(sequelize);
  initMembership(sequelize);
  initInvitation(sequelize);
  initAgent(sequelize);
  initCrew(sequelize);
  initCrewVersion(sequelize);
  initSimulation(sequelize);
  initStep(sequelize);
  initEventRow(sequelize);
  initCommand(sequelize);
  initSimulationFile(sequelize);
  initIdempotencyKey(sequelize);
  initStoredFile(sequelize);
  initKnowledgeBase(sequelize);
  initKnowledgeSource(sequelize);
  initCredential(sequelize);
  initQuestion(sequelize);
  initMcpServer(sequelize);
}
