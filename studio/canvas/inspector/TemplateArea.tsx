import { type ComponentPropsWithRef, useRef } from 'react';
import { TextArea } from '../../ui/TextInput.tsx';
import styles from './TemplateArea.module.css';
import { templateParts } from './templateParts.ts';

interface TemplateAreaProps extends ComponentPropsWithRef<'textarea'> {
  /** What is in the area, to mark its placeholders. */
  readonly text: string;
}

/** A text in which `{inputs}` stand out: the same text is painted behind the one that is written in. */
export function TemplateArea({ text, ...props }: TemplateAreaProps) {
  const paint = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.area}>
      <div ref={paint} className={styles.paint} aria-hidden>
        {templateParts(text).map(({ at, text: part, isInput }) =>
          isInput ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
        )}
      </div>
      <TextArea
        {...props}
        className={styles.text}
        onScroll={(event) => paint.current?.scrollTo({ top: event.currentTarget.scrollTop })}
      />
    </div>
  );
}
