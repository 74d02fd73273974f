import { appendEvents } from '#api/database/ledger/appendEvents.ts';
import type { Activities } from '#workflows/activities.ts';
import type { ToolServerActivities } from '#workflows/checkToolServer.ts';
import type { QuestionActivities } from '#workflows/embedQuestion.ts';
import { toControlPlan } from '#workflows/plan.ts';
import type { SourceActivities } from '#workflows/readSource.ts';
import { createQuestionActivities } from './knowledge/questionActivities.ts';
import { createSourceActivities, type SourceDependencies } from './knowledge/sourceActivities.ts';
import { createRecall } from './knowledge/steps/recall.ts';
import { createRemember } from './knowledge/steps/remember.ts';
import { createSearchKnowledge } from './knowledge/steps/searchKnowledge.ts';
import { auditLimits } from './steps/auditLimits.ts';
import { createCallBack } from './steps/callBack.ts';
import { createDecide } from './steps/decide.ts';
import { storeHandedOver } from './steps/keepAnswer.ts';
import { createPeopleActivities, type PeopleDependencies } from './steps/people/peopleActivities.ts';
import { createPlanReuse } from './steps/planReuse.ts';
import { createThink, type ThinkDependencies } from './steps/think.ts';
import { createUseTool } from './steps/useTool.ts';
import { tell } from './steps/work.ts';
import { createToolServerActivities } from './tools/mcp/readToolServer.ts';

/** Implements what the workflow asks for. Everything real comes in through the arguments. */
export function createActivities(
  dependencies: ThinkDependencies & PeopleDependencies & SourceDependencies,
): Activities & SourceActivities & QuestionActivities & ToolServerActivities {
  const { ledger, live } = dependencies;
  return {
    ...createSourceActivities(dependencies),
    ...createQuestionActivities(dependencies),
    ...createToolServerActivities(dependencies),
    think: createThink(dependencies),
    useTool: createUseTool(dependencies),
    callBack: createCallBack(dependencies),
    loadPlan: async (ref) => toControlPlan(await dependencies.loadPlan(ref)),
    decide: createDecide(dependencies),
    ...createPeopleActivities(dependencies),
    searchKnowledge: createSearchKnowledge(dependencies),
    recall: createRecall(dependencies),
    remember: createRemember(dependencies),
    planReuse: createPlanReuse(dependencies),
    recordStep: (input) => storeHandedOver(dependencies, input),
    async record({ workspaceId, simulationId, events }) {
      const seq = await ledger.inWorkspace(workspaceId, (transaction) =>
        appendEvents(transaction, { workspaceId, simulationId, events }),
      );
      tell(live, { simulationId }, seq);
      await auditLimits(ledger, { workspaceId, simulationId }, events);
    },
  };
}
