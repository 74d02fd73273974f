import { z } from 'zod';
import { CrewGraph, GraphProblem } from '#workflows/graph/schema.ts';
import { ExportWarning } from '../interchange/export/ExportWarning.ts';
import { EXPORT_FORMATS } from '../interchange/exportFormats.ts';
import { PageInput, pageOf } from '../pages.ts';

const Name = z.string().trim().min(1).max(200);

export const CrewId = z.strictObject({ id: z.uuid() });
export const CreateCrew = z.strictObject({
  name: Name,
  description: z.string().max(2_000).default(''),
  graph: CrewGraph,
});
/** `graphVersion` is the version the change was made from; another one on the server is `crew.conflict`. */
export const SaveCrew = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  description: z.string().max(2_000).optional(),
  graph: CrewGraph.optional(),
  graphVersion: z.int().min(1).optional().describe('Required with `graph`'),
});
export const CreateFromSample = z.strictObject({ key: z.string().max(64) });
export const ListCrews = PageInput.extend({ search: z.string().max(200).optional() });
export const ValidateCrew = z.strictObject({ graph: CrewGraph });
/** A crew version for another crew to work with. */
export const PinnedCrew = z.object({
  crewVersionId: z.uuid(),
  name: z.string(),
  inputs: z.array(z.object({ name: z.string() })),
});
export type PinnedCrew = z.infer<typeof PinnedCrew>;

export const ProblemsView = z.object({ problems: z.array(GraphProblem) });

export const ImportCrew = z.strictObject({
  format: z.enum(['crewai', 'troupe']),
  name: Name.optional(),
  files: z.record(z.string().max(300), z.string().max(2_000_000)).describe('Path -> text'),
});
/** A part of a file that was read but has no meaning here yet. Every one is named. */
export const ImportWarning = z.object({
  file: z.string(),
  key: z.string().describe('For example tasks.write.callback'),
  message: z.string(),
});
export type ImportWarning = z.infer<typeof ImportWarning>;

export const ExportCrew = z.strictObject({
  id: z.uuid(),
  format: z
    .enum(EXPORT_FORMATS)
    .default('troupe')
    .describe(
      'troupe: our own JSON; crewai: a project with YAML and crew.py; crewai-json, crewai-flow: with crew.jsonc, flow.yaml',
    ),
});
export const ExportView = z.object({
  files: z.record(z.string(), z.string()).describe('Path -> text'),
  warnings: z.array(ExportWarning),
});

export const CrewView = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  graph: CrewGraph,
  graphVersion: z.int(),
  inputs: z.array(z.object({ name: z.string() })),
  problems: z.array(GraphProblem),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type CrewView = z.infer<typeof CrewView>;

/** A crew in a list: enough for a card with its cast, without its graph. */
export const CrewSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  agents: z.array(z.string()).describe('Names, in order'),
  taskCount: z.int(),
  problemCount: z.int().describe('Errors alone'),
  lastSimulation: z.object({ id: z.uuid(), status: z.string(), createdAt: z.iso.datetime() }).nullable(),
  updatedAt: z.iso.datetime(),
});
export type CrewSummary = z.infer<typeof CrewSummary>;
export const CrewPage = pageOf(CrewSummary);
export const ImportView = z.object({
  crew: CrewView,
  warnings: z.array(ImportWarning),
  problems: z.array(GraphProblem),
});

/** A crew that ships with the product, to start from. */
export const SampleView = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  agents: z.array(z.string()),
  taskCount: z.int(),
});
export const SamplesView = z.object({ items: z.array(SampleView) });
