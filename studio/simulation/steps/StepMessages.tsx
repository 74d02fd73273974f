import { Markdown } from '../../ui/Markdown.tsx';
import type { StepDetail } from './StepFigures.tsx';
import styles from './StepPanel.module.css';

interface StepMessagesProps {
  readonly step: StepDetail;
  /** What is being written, while it is. */
  readonly partial: string | undefined;
}

/** What went in and what came out. */
export function StepMessages({ step, partial }: StepMessagesProps) {
  const { messages, toolArguments, failure, toolCalls } = step;
  const answer = partial ?? step.answer ?? step.partial;
  return (
    <>
      {failure && (
        <section className={styles.failure} role="alert">
          <b>{failure.message}</b>
          <span className="mono">{failure.code}</span>
        </section>
      )}
      {messages.length > 0 && <h3 className="overline">As sent</h3>}
      {messages.map((message, place) => (
        <details
          key={`${message.role} ${message.content.length} ${messages.indexOf(message)}`}
          className={styles.prompt}
          open={place >= messages.length - 2}
        >
          <summary>{ROLES[message.role]}</summary>
          {message.content && <pre>{message.content}</pre>}
          <ToolCalls calls={message.toolCalls} />
        </details>
      ))}
      {toolArguments !== null && (
        <>
          <h3 className="overline">Arguments</h3>
          <pre className={styles.code}>{pretty(toolArguments)}</pre>
        </>
      )}
      {(answer || toolCalls.length > 0) && (
        <h3 className="overline">{step.kind === 'tool' ? 'Result' : 'Answer'}</h3>
      )}
      {answer && (
        <div className={styles.answer}>
          <Markdown text={answer} />
        </div>
      )}
      <ToolCalls calls={toolCalls} />
    </>
  );
}

const ROLES: Readonly<Record<StepDetail['messages'][number]['role'], string>> = {
  system: 'Who it is',
  user: 'What it was asked',
  assistant: 'What it said before',
  tool: 'What the tool gave',
};

function ToolCalls({ calls }: { readonly calls: StepDetail['toolCalls'] }) {
  return calls.map(({ name, arguments: args }) => (
    <pre key={`${name} ${args}`} className={styles.code}>
      {name} {pretty(args)}
    </pre>
  ));
}

/** A model may write arguments that are not JSON; they are shown as they came. */
function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
