import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useEffectEvent, useRef } from 'react';
import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from 'react-hook-form';
import type { z } from 'zod';

type FormSchema = z.ZodType<FieldValues, FieldValues>;

export type NodeForm<S extends FormSchema> = UseFormReturn<z.input<S>, unknown, z.output<S>>;

interface NodeFormOptions<S extends FormSchema> {
  readonly schema: S;
  readonly data: z.output<S>;
  /** Takes what is valid; `field` is the one that was written in. */
  readonly onWrite: (data: z.output<S>, field: string) => void;
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A form over the data of one node, checked by the schema the api uses. What is written goes to the graph at once;
 * what changes the graph elsewhere (undo, a rename on the stage) comes back into the form.
 */
export function useNodeForm<S extends FormSchema>({
  schema,
  data,
  onWrite,
}: NodeFormOptions<S>): NodeForm<S> {
  const form = useForm<z.input<S>, unknown, z.output<S>>({
    defaultValues: data as DefaultValues<z.input<S>>,
    resolver: zodResolver(schema),
    mode: 'onChange',
  });
  const written = useRef(data);
  const write = useEffectEvent(onWrite);

  useEffect(() => {
    if (isEqual(data, written.current)) return;
    written.current = data;
    form.reset(data as z.input<S>);
  }, [data, form]);

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          const parsed = schema.safeParse(values);
          if (!name || !parsed.success || isEqual(parsed.data, written.current)) return;
          written.current = parsed.data;
          write(parsed.data, name);
        },
      }),
    [form, schema],
  );
  return form;
}
