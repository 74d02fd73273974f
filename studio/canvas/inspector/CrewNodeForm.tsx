import { Button } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { NodeOf } from '#workflows/graph/schema.ts';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { useCrew } from '../CrewContext.ts';
import { TemplateArea } from './TemplateArea.tsx';
import { usePatch } from './usePatch.ts';

const MOST_CREWS = 100;

/** Which crew works here, in which version, and what it is given. */
export function CrewNodeForm({ node }: { readonly node: NodeOf<'crew'> }) {
  const patch = usePatch(node);
  const own = useCrew();
  const crews = useQuery(trpc.crews.list.queryOptions({ limit: MOST_CREWS }));
  const pin = useMutation(trpc.crews.pin.mutationOptions());
  const [problem, setProblem] = useState<string>();
  const { crewId, crewVersionId, inputs } = node.data;
  const choose = async (id: string) => {
    setProblem(undefined);
    if (id === '') return patch({ crewId: null, crewVersionId: null, inputs: {} }, 'crewVersionId');
    try {
      const pinned = await pin.mutateAsync({ id });
      const asked = pinned.inputs.map(({ name }) => [name, inputs[name] ?? `{${name}}`]);
      patch(
        { crewId: id, crewVersionId: pinned.crewVersionId, inputs: Object.fromEntries(asked) },
        'crewVersionId',
      );
    } catch (error) {
      setProblem(problemOf(error).message);
    }
  };
  return (
    <>
      <Field label="Crew" hint="It is kept as it is when it is chosen." problem={problem}>
        <Select
          name="crewVersionId"
          value={crewId ?? ''}
          disabled={pin.isPending || crews.isPending}
          onChange={({ target }) => void choose(target.value)}
        >
          <option value="">{crews.isPending ? 'Looking for crews' : 'Choose a crew'}</option>
          {crewId && !crews.data?.items.some(({ id }) => id === crewId) && (
            <option value={crewId}>A crew that is not listed</option>
          )}
          {crews.data?.items
            .filter(({ id }) => id !== own.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Select>
      </Field>
      {crewId && crewVersionId && (
        <p>
          <Link to={`/crews/${crewId}/edit`}>Open the crew</Link>{' '}
          <Button size="small" disabled={pin.isPending} onClick={() => void choose(crewId)}>
            Take its newest version
          </Button>
        </p>
      )}
      {Object.entries(inputs).map(([name, text]) => (
        <Field key={name} label={`Its ${name}`} hint="{answer} is what lines lead here.">
          <TemplateArea
            rows={2}
            text={text}
            value={text}
            onChange={({ target }) =>
              patch({ inputs: { ...inputs, [name]: target.value } }, `inputs.${name}`)
            }
          />
        </Field>
      ))}
    </>
  );
}
