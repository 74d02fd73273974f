import { useMemo } from 'react';
import { CrewSettings } from '#workflows/graph/settings.ts';
import { KnowledgePicker } from '../../pages/knowledge/KnowledgePicker.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { castOf } from '../cast.ts';
import { Check } from './Check.tsx';
import { More } from './More.tsx';
import { NumberField } from './NumberField.tsx';
import { SkillsField } from './SkillsField.tsx';

/** What holds for the crew as a whole, and is seldom changed. */
export function CrewSettingsForm() {
  const graph = useCanvas(selectGraph);
  const store = useCanvasStore();
  const cast = useMemo(() => castOf(graph), [graph]);
  const { settings = {} } = graph;
  const patch = (data: Partial<CrewSettings>, field: string) => {
    const told = Object.entries({ ...settings, ...data }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    const parsed = CrewSettings.safeParse(Object.fromEntries(told));
    if (!parsed.success) return;
    store
      .getState()
      .edit(
        ({ settings: _, ...before }) => (told.length === 0 ? before : { ...before, settings: parsed.data }),
        { burst: `settings ${field}` },
      );
  };
  const isLed = graph.process === 'hierarchical';
  return (
    <>
      {isLed && (
        <Field label="Manager" hint="Leads the crew, and has no task and no tool of its own.">
          <Select
            name="managerAgent"
            value={settings.managerAgent ?? ''}
            onChange={({ target }) => patch({ managerAgent: target.value || undefined }, 'managerAgent')}
          >
            <option value="">One is made for the crew</option>
            {cast.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {isLed && settings.managerAgent === undefined && (
        <Field label="Model of the manager">
          <TextInput
            value={settings.managerModel ?? ''}
            placeholder="The default model"
            spellCheck={false}
            onChange={({ target }) => patch({ managerModel: target.value }, 'managerModel')}
          />
        </Field>
      )}
      <More>
        <Check
          label="Plan all tasks before the first"
          checked={settings.planning ?? false}
          onChange={({ target }) => patch({ planning: target.checked || undefined }, 'planning')}
        />
        <Check
          label="Agents remember from run to run"
          checked={settings.memory ?? false}
          onChange={({ target }) => patch({ memory: target.checked || undefined }, 'memory')}
        />
        <KnowledgePicker
          label="Knowledge of every agent"
          value={settings.knowledge ?? []}
          onChange={(ids) => patch({ knowledge: ids.length > 0 ? ids : undefined }, 'knowledge')}
        />
        <SkillsField
          label="Skills of every agent"
          skills={settings.skills}
          onChange={(skills) => patch({ skills }, 'skills')}
        />
        <Check
          label="Make the same tool call once"
          checked={settings.cache ?? false}
          onChange={({ target }) => patch({ cache: target.checked || undefined }, 'cache')}
        />
        <NumberField
          label="Model calls a minute, at most"
          value={settings.maxRpm}
          min={1}
          max={10_000}
          placeholder="no limit"
          onChange={(value) => patch({ maxRpm: value ?? undefined }, 'maxRpm')}
        />
        <Field label="When a tool fails">
          <Select
            value={settings.toolFailurePolicy ?? ''}
            onChange={({ target }) =>
              patch(
                { toolFailurePolicy: POLICIES.find((each) => each === target.value) },
                'toolFailurePolicy',
              )
            }
          >
            <option value="">the agent is told, and so are you</option>
            <option value="ignore">the agent is told</option>
            <option value="raise">the task fails</option>
          </Select>
        </Field>
        <Check
          label="Behave exactly like CrewAI 1.15"
          checked={settings.compat !== undefined}
          onChange={({ target }) => patch({ compat: target.checked ? 'crewai-1.15' : undefined }, 'compat')}
        />
      </More>
    </>
  );
}

const POLICIES = ['ignore', 'raise'] as const;
