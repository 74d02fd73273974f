/**
 * `troupe`: our own JSON. `crewai`: a classic project with YAML and crew.py. `crewai-json`: one with crew.jsonc.
 * `crewai-flow`: one with a flow.yaml that calls the crew.
 */
export const EXPORT_FORMATS = ['troupe', 'crewai', 'crewai-json', 'crewai-flow'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
