import { zodResolver } from '@hookform/resolvers/zod';
import { Button } from '@mui/material';
import { type ClipboardEvent, type FormEvent, useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Skill } from '#workflows/graph/skill.ts';
import { isSkillFile } from '#workflows/graph/skillFile.ts';
import { Field } from '../../ui/Field.tsx';
import { Modal } from '../../ui/Modal.tsx';
import { TextArea, TextInput } from '../../ui/TextInput.tsx';
import { Check } from './Check.tsx';
import { readPastedSkill } from './readPastedSkill.ts';

interface SkillDialogProps {
  /** Undefined for a new one. */
  readonly skill: Skill | undefined;
  /** Names of the others beside it. */
  readonly taken: readonly string[];
  readonly onSave: (skill: Skill) => void;
  readonly onClose: () => void;
}

/** One skill. A whole SKILL.md that is pasted anywhere in the form is taken apart into its fields. */
export function SkillDialog({ skill, taken, onSave, onClose }: SkillDialogProps) {
  const { form, pasted, handlePaste } = useSkillForm(skill);
  const formId = useId();
  const { errors } = form.formState;
  const save = form.handleSubmit(({ always, instructions, ...rest }) => {
    if (taken.includes(rest.name))
      return form.setError('name', { message: 'There is a skill of this name.' });
    onSave({ ...rest, instructions: instructions.trim(), ...(always && { always }) });
    onClose();
  });
  // The form of the agent around it is not sent with this one.
  const handleSubmit = (event: FormEvent) => {
    event.stopPropagation();
    void save(event);
  };
  return (
    <Modal
      title={skill ? 'Skill' : 'New skill'}
      width="sm"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="contained" color="primary">
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit} onPaste={handlePaste}>
        <Field
          label="Name"
          hint="Small letters, digits and hyphens. The agent asks for the skill by it."
          problem={errors.name?.message}
        >
          <TextInput
            {...form.register('name')}
            placeholder="check-sources"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Field
          label="When it is needed"
          hint="All that the agent knows of it before it asks for it."
          problem={errors.description?.message}
        >
          <TextArea
            {...form.register('description')}
            rows={2}
            placeholder="When a text states facts: how to check them and name where they come from"
          />
        </Field>
        <Field
          label="Instructions"
          hint={pasted ?? 'In Markdown. Paste a whole SKILL.md, and it is taken apart.'}
          problem={errors.instructions?.message}
        >
          <TextArea {...form.register('instructions')} rows={9} />
        </Field>
        <Check label="Always told, without asking for it" {...form.register('always')} />
      </form>
    </Modal>
  );
}

const EMPTY: Skill = { name: '', description: '', instructions: '' };

function useSkillForm(skill: Skill | undefined) {
  const form = useForm<Skill>({
    defaultValues: { always: false, ...(skill ?? EMPTY) },
    resolver: zodResolver(Skill),
  });
  const [pasted, setPasted] = useState<string>();
  const takeApart = async (text: string) => {
    const read = await readPastedSkill(text);
    if ('problem' in read) {
      setPasted(undefined);
      form.setError('instructions', { message: `This SKILL.md cannot be read. ${read.problem}` });
      return;
    }
    form.reset({ always: form.getValues('always') ?? false, ...read });
    setPasted('The SKILL.md was taken apart into these fields.');
  };
  const handlePaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    if (!isSkillFile(text)) return;
    event.preventDefault();
    void takeApart(text);
  };
  return { form, pasted, handlePaste };
}
