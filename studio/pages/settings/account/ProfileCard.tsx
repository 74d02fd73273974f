import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { problemOf } from '../../../problem.ts';
import { firstProblem } from '../../../problemsByField.ts';
import { readAccountAgain } from '../../../session.ts';
import type { Account } from '../../../shell/AccountMenu.tsx';
import { trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { Field } from '../../../ui/Field.tsx';
import { PersonFace } from '../../../ui/PersonFace.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './AccountPage.module.css';
import { PictureButton } from './PictureButton.tsx';

/** How others see one. */
export function ProfileCard({ user }: { readonly user: Account['user'] }) {
  const save = useMutation(
    trpc.users.saveProfile.mutationOptions({
      async onSuccess() {
        await readAccountAgain();
        toast({ text: 'Your name is changed.' });
      },
    }),
  );
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ name: String(new FormData(event.currentTarget).get('name') ?? '') });
  };
  return (
    <Card title="How others see you">
      <div className={styles.person}>
        <PersonFace name={user.name} avatarUrl={user.avatarUrl} size={72} isDecorative />
        <Picture hasPicture={user.avatarUrl !== null} />
      </div>
      <form onSubmit={handleSubmit}>
        <Field label="Name" problem={save.error ? firstProblem(save.error) : undefined}>
          <TextInput name="name" autoComplete="name" required maxLength={120} defaultValue={user.name} />
        </Field>
        <Button type="submit" disabled={save.isPending}>
          Save the name
        </Button>
      </form>
    </Card>
  );
}

function Picture({ hasPicture }: { readonly hasPicture: boolean }) {
  const remove = useMutation(
    trpc.users.removeAvatar.mutationOptions({
      onSuccess: readAccountAgain,
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  );
  return (
    <div className={styles.buttons}>
      <PictureButton label={hasPicture ? 'Change the picture' : 'Choose a picture'} />
      {hasPicture && (
        <Button disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
          Take it away
        </Button>
      )}
    </div>
  );
}
