import { Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { problemsByField } from '../../../problemsByField.ts';
import { trpc } from '../../../trpc.ts';
import { Field } from '../../../ui/Field.tsx';
import { Modal } from '../../../ui/Modal.tsx';
import { Select, TextInput } from '../../../ui/TextInput.tsx';
import { useToolServerCommands } from './useToolServerCommands.ts';

export function ToolServerDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [credentialId, setCredentialId] = useState('');
  const { create } = useToolServerCommands();
  const problems = problemsByField(create.error);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name, url, credentialId: credentialId || null }, { onSuccess: onClose });
  };
  const isReady = name.trim() !== '' && url.trim() !== '' && !create.isPending;
  return (
    <Modal
      title="Add a tool server"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="contained" color="primary" disabled={!isReady}>
            {create.isPending ? 'Looking at its tools…' : 'Add and look at its tools'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit} autoComplete="off">
        <Field label="Name" problem={problems.get('name') ?? problems.get('')}>
          <TextInput
            value={name}
            maxLength={60}
            placeholder="Weather"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field
          label="Address"
          hint="MCP over streamable HTTP. Programs on a computer (stdio) are not started here."
          problem={problems.get('url')}
        >
          <TextInput
            value={url}
            inputMode="url"
            maxLength={2_000}
            spellCheck={false}
            placeholder="https://tools.example.org/mcp"
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <CredentialField
          value={credentialId}
          onChange={setCredentialId}
          problem={problems.get('credentialId')}
        />
      </form>
    </Modal>
  );
}

interface CredentialFieldProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly problem: string | undefined;
}

/** Only a token that was saved for tool servers can be chosen; signing in at other places is not supported. */
function CredentialField({ value, onChange, problem }: CredentialFieldProps) {
  const credentials = useInfiniteQuery(
    trpc.credentials.list.infiniteQueryOptions(
      { limit: 100 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  const items = (credentials.data?.pages ?? []).flatMap((page) => page.items);
  const usable = items.filter(({ provider }) => provider === 'mcp' || provider === 'http');
  return (
    <Field
      label="Credential"
      hint={
        credentials.isError
          ? 'Your credentials could not be loaded.'
          : 'A bearer token or header. OAuth is not supported.'
      }
      problem={problem}
    >
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">None</option>
        {usable.map(({ id, name, origins }) => (
          <option key={id} value={id}>
            {name} ({origins.join(', ')})
          </option>
        ))}
      </Select>
    </Field>
  );
}
