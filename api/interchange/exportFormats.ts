/** `crewai`: a classic project with YAML and crew.py. `crewai-json`: one with crew.jsonc. `troupe`: our own JSON. */
export const EXPORT_FORMATS = ['troupe', 'crewai', 'crewai-json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
