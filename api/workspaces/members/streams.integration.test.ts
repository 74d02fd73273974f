import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSimulation, started } from '../../testing/build.ts';
import { buildTeam, inTeam, type Team } from '../../testing/buildTeam.ts';
import { openTestApi, type TestApi } from '../../testing/openTestApi.ts';
import type { Role } from '../policy.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

/** What a stream says, from its first event to its end. */
async function open(team: Team, role: Role, simulationId: string, face: 'trpc' | 'rest') {
  const url =
    face === 'rest'
      ? `/api/v1/simulations/${simulationId}/events`
      : `/trpc/simulations.follow?input=${encodeURIComponent(JSON.stringify({ id: simulationId }))}`;
  const response = await fetch(api.url + url, {
    headers: { ...team.headers(role), accept: 'text/event-stream' },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('There is no stream');
  let text = '';
  const read = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    text += value ?? '';
    return !done;
  };
  while (!text.includes('simulation.started')) await read();
  return {
    async untilEnd() {
      // A connection that is broken off ends as well as one that is closed.
      while (await read().catch(() => false));
      return text;
    },
  };
}

// V28: SAFETY wants five seconds. The test waits for the end of the streams itself, however slow the machine is.
it.each(['trpc', 'rest'] as const)(
  'closes the %s streams of members who are demoted or taken out',
  async (face) => {
    const team = await buildTeam(api);
    const { id } = await buildSimulation(api.database, { owner: inTeam(team), events: [started] });
    const [demoted, removed] = await Promise.all([
      open(team, 'editor', id, face),
      open(team, 'runner', id, face),
    ]);
    const { owner, editor, runner } = team.members;
    await owner.trpc.members.changeRole.mutate({ id: team.id, userId: editor.user.id, role: 'viewer' });
    await owner.trpc.members.remove.mutate({ id: team.id, userId: runner.user.id });
    const ends = await Promise.all([demoted.untilEnd(), removed.untilEnd()]);
    if (face === 'trpc') {
      expect(ends[0]).toContain('workspace.roleChanged');
      expect(ends[1]).toContain('"notFound"');
    }
    expect(ends.map((text) => text.match(/simulation\.started/g)?.length)).toEqual([1, 1]);
  },
);
