import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '#launch/terminal.ts';
import { startModelServer } from '../modelServer/modelServer.ts';
import { CrewAi } from './CrewAi.ts';
import { checkLanguage } from './checkLanguage.ts';
import { checkInstall, checkLoads, checkRandomRuns, checkRuns, type House } from './checks.ts';
import { installCrewAi } from './install.ts';
import { OurEngine } from './OurEngine.ts';

// Not part of the tests: it installs a large package. What it checks and how to start it: api/interchange/README.md.
const { values } = parseArgs({
  options: {
    /** A folder into which crewai was installed before. */
    site: { type: 'string' },
    /** How many random crews are loaded, and a fifth of them run. */
    crews: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    /** `language`: only what the crew language has besides agents and tasks in a row. */
    only: { type: 'string', default: '' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'troupe-crewai-'));
const site = values.site ?? join(folder, 'site');
const models = await startModelServer({ latencyMs: 300 });
let crewai: CrewAi | undefined;
let ours: OurEngine | undefined;
let faults = 1;
try {
  if (values.site === undefined) {
    say('Installing crewai; this takes a while.');
    await installCrewAi(site);
  }
  crewai = new CrewAi({ site, home: folder, modelsUrl: models.openaiBaseUrl });
  let projects = 0;
  const write: House['write'] = (files) => {
    projects += 1;
    const project = join(folder, `project-${projects}`);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    return project;
  };
  const house: House = { crewai, models, write, site: join(folder, 'installed') };
  const random = { count: Number(values.crews), seed: Number(values.seed) };
  ours = await OurEngine.start({ folder, modelsUrl: models.openaiBaseUrl });
  faults = await checkLanguage(house, ours);
  if (values.only !== 'language') {
    faults += await checkRuns(house);
    faults += await checkLoads(house, random);
    faults += await checkRandomRuns(house, { ...random, count: Math.ceil(random.count / 5) });
    faults += await checkInstall(house);
  }
  say(faults === 0 ? 'Everything is as planned.' : `${faults} things are not as planned.`);
} finally {
  await crewai?.close();
  await ours?.stop();
  await models.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = faults === 0 ? 0 : 1;
