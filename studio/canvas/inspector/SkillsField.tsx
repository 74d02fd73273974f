import { Button } from '@mui/material';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { MOST_SKILLS, type Skill } from '#workflows/graph/skill.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { SkillDialog } from './SkillDialog.tsx';
import styles from './SkillsField.module.css';

interface SkillsFieldProps {
  readonly label: string;
  readonly skills: readonly Skill[] | undefined;
  readonly onChange: (skills: Skill[] | undefined) => void;
}

/** What an agent, or every agent of a crew, can be told when it needs it. Left out while there is nothing. */
export function SkillsField({ label, skills = [], onChange }: SkillsFieldProps) {
  const [open, setOpen] = useState<number | null>(null);
  const write = (next: readonly Skill[]) => onChange(next.length > 0 ? [...next] : undefined);
  const others = skills.filter((_, place) => place !== open).map(({ name }) => name);
  return (
    <fieldset className={styles.skills}>
      <legend>{label}</legend>
      {skills.length > 0 && (
        <ul>
          {numbered(skills).map(({ skill: { name, description, always }, place, key }) => (
            <li key={key}>
              <button type="button" className={styles.open} onClick={() => setOpen(place)}>
                <span className={styles.name}>
                  {name}
                  {always && <small>always told</small>}
                </span>
                <span className={styles.description}>{description}</span>
              </button>
              <IconAction
                label={`Remove the skill ${name}`}
                icon={X}
                size="small"
                onClick={() => write(skills.toSpliced(place, 1))}
              />
            </li>
          ))}
        </ul>
      )}
      {skills.length < MOST_SKILLS && (
        <Button
          name="skills"
          size="small"
          startIcon={<Plus aria-hidden />}
          onClick={() => setOpen(skills.length)}
        >
          Add a skill
        </Button>
      )}
      {open !== null && (
        <SkillDialog
          skill={skills[open]}
          taken={others}
          onSave={(skill) => write(skills.toSpliced(open, 1, skill))}
          onClose={() => setOpen(null)}
        />
      )}
    </fieldset>
  );
}

/** Two may have the same name, which is a problem of the crew and not of the list. */
const numbered = (skills: readonly Skill[]) =>
  skills.map((skill, place) => ({ skill, place, key: `${place} ${skill.name}` }));
