/**
 * SQL for the hashes of all texts that rows of some simulations name. Whatever looks like a hash counts as one, wherever
 * it stands: a text too many is kept for nothing, one too few would be lost.
 */
export const textsNamedBy = (ids: string): string => `
select decode(translate(named #>> '{}', '-_', '+/') || '=', 'base64') as sha256
from (
  select jsonb_build_array(request, response, outcome) as row
  from steps where workspace_id = $1 and simulation_id = any(${ids}::uuid[])
  union all
  select jsonb_build_array(prompt, context, about, text)
  from questions where workspace_id = $1 and simulation_id = any(${ids}::uuid[])
  union all
  select fork from simulations where workspace_id = $1 and id = any(${ids}::uuid[])
) as rows, jsonb_path_query(row, 'strict $.** ? (@.type() == "string" && @ like_regex "^[A-Za-z0-9_-]{43}$")') as named
union
select sha256 from simulation_files where workspace_id = $1 and simulation_id = any(${ids}::uuid[])`;
