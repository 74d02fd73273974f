import { Button } from '@mui/material';
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { MODELS } from '#workflows/catalogue/models.ts';
import { newId } from '../../canvas/commands/newId.ts';
import { problemOf } from '../../problem.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { useStartVariants } from './useVariants.ts';
import { useVariantsPreview } from './useVariantsPreview.ts';
import styles from './VariantsDialog.module.css';
import { emptyVariant, MOST_VARIANTS, type VariantDraft } from './variantDraft.ts';
import { variantsWords } from './variantsWords.ts';

interface NewVariantsProps {
  readonly view: SimulationView;
  readonly path: string;
}

/** What is to be tried: a row each. An empty row asks the same once more. */
export function NewVariants({ view, path }: NewVariantsProps) {
  const [drafts, setDrafts] = useState<readonly VariantDraft[]>([]);
  const start = useStartVariants(view.id, path, () => setDrafts([]));
  const preview = useVariantsPreview(view.id, path, drafts);
  const models = useId();
  const add = () => setDrafts((before) => [...before, emptyVariant(newId())]);
  const write = (key: string, change: Partial<VariantDraft>) =>
    setDrafts((before) => before.map((draft) => (draft.key === key ? { ...draft, ...change } : draft)));
  return (
    <section className={styles.drafts} aria-label="New variants">
      {drafts.map((draft, place) => (
        <Row
          key={draft.key}
          draft={draft}
          number={place + 1}
          models={models}
          onWrite={(change) => write(draft.key, change)}
          onRemove={() => setDrafts((before) => before.filter(({ key }) => key !== draft.key))}
        />
      ))}
      <datalist id={models}>
        {MODELS.map(({ provider, model, title }) => (
          <option key={model} value={`${provider}/${model}`}>
            {title}
          </option>
        ))}
      </datalist>
      <div className={styles.acts}>
        <Button disabled={drafts.length >= MOST_VARIANTS} onClick={add}>
          <Plus aria-hidden />
          Add a variant
        </Button>
        {drafts.length > 0 && (
          <>
            <Button
              variant="contained"
              color="primary"
              disabled={start.isPending || !preview.isCurrent}
              onClick={() => start.mutate(drafts)}
            >
              Ask {drafts.length === 1 ? 'once' : `${drafts.length} times`}
            </Button>
            <span
              className="muted"
              data-testid="variants-preview"
              data-current={preview.isCurrent}
              aria-live="polite"
            >
              {preview.isError ? problemOf(preview.error).message : variantsWords(preview.data)}
            </span>
          </>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  readonly draft: VariantDraft;
  readonly number: number;
  readonly models: string;
  readonly onWrite: (change: Partial<VariantDraft>) => void;
  readonly onRemove: () => void;
}

function Row({ draft, number, models, onWrite, onRemove }: RowProps) {
  const field = (name: Exclude<keyof VariantDraft, 'key'>) => ({
    value: draft[name],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onWrite({ [name]: target.value }),
  });
  return (
    <fieldset className={styles.row}>
      <legend className="unseen">New variant {number}</legend>
      <TextInput {...field('model')} list={models} aria-label="Model" placeholder="Model: the same" />
      <TextInput
        {...field('temperature')}
        type="number"
        min={0}
        max={2}
        step={0.1}
        aria-label="Temperature"
        placeholder="Temperature"
      />
      <TextInput {...field('goal')} aria-label="Goal" placeholder="Goal: the same" />
      <TextInput {...field('description')} aria-label="What is to be done" placeholder="Task: the same" />
      <IconAction label="Remove this variant" icon={X} size="small" onClick={onRemove} />
    </fieldset>
  );
}
