import { useState } from 'react';
import { cx } from '../../ui/cx.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import type { StepDetail } from './StepFigures.tsx';
import styles from './StepPanel.module.css';

/** What went wrong, where something did. */
export function StepFailure({ step: { failure } }: { readonly step: StepDetail }) {
  if (!failure) return null;
  return (
    <section className={styles.failure} role="alert">
      <b>{failure.message}</b>
      <span className="mono">{failure.code}</span>
    </section>
  );
}

// More than this is folded, so that what can be done about it stays in view.
const FOLDED_LETTERS = 320;

/** What the words are that went in. */
const GIVEN: Readonly<Partial<Record<StepDetail['kind'], string>>> = { tool: 'Arguments', person: 'Asked' };

/** What went in: the prompt as it was sent, or the arguments of a tool. */
export function StepAsked({
  step: { kind, tool, messages, toolArguments, offeredTools },
}: {
  readonly step: StepDetail;
}) {
  const isCall = kind === 'tool' || tool !== null;
  const length = messages.reduce((sum, { content }) => sum + content.length, 0);
  const canFold = length > FOLDED_LETTERS || messages.length > 2;
  const [isFolded, setIsFolded] = useState(true);
  return (
    <>
      {messages.length > 0 && (
        <section className={styles.asked} aria-label="As sent">
          <div className={cx(canFold && isFolded && styles.folded)}>
            {messages.map((message, place) => (
              <div
                key={`${message.role} ${message.content.length} ${messages.indexOf(message) === place ? 0 : place}`}
              >
                <b>{ROLES[message.role]}</b>
                {message.content && <pre>{message.content}</pre>}
                <ToolCalls calls={message.toolCalls} />
              </div>
            ))}
            {offeredTools.length > 0 && (
              <div>
                <b>Tools it could use</b>
                <pre>{offeredTools.join(', ')}</pre>
              </div>
            )}
          </div>
          {canFold && (
            <button type="button" className={styles.fold} onClick={() => setIsFolded(!isFolded)}>
              {isFolded ? 'Show all that was sent' : 'Show less'}
            </button>
          )}
        </section>
      )}
      {toolArguments !== null && (
        <>
          <h3 className="overline">{GIVEN[isCall ? 'tool' : kind] ?? 'Looked up'}</h3>
          <pre className={styles.code}>{isCall ? pretty(toolArguments) : toolArguments}</pre>
        </>
      )}
    </>
  );
}

interface StepAnswerProps {
  readonly step: StepDetail;
  /** What is being written, while it is. */
  readonly partial: string | undefined;
}

/** What came out. */
export function StepAnswer({ step, partial }: StepAnswerProps) {
  const { toolCalls, finishReason } = step;
  const answer = partial ?? step.answer ?? step.partial;
  const isLookUp = step.kind === 'knowledge' || step.kind === 'memory';
  if (isLookUp && step.answer === '') return <p className="muted">Nothing that fits was found.</p>;
  if (!answer && toolCalls.length === 0) return null;
  return (
    <>
      <h3 className="overline">{HEADS[step.kind] ?? 'Answer'}</h3>
      {answer && (
        <div className={styles.answer}>
          <Markdown text={answer} />
        </div>
      )}
      <ToolCalls calls={toolCalls} />
      {finishReason === 'length' && (
        <p className="faint">It ended because it had become as long as allowed.</p>
      )}
    </>
  );
}

const HEADS: Readonly<Partial<Record<StepDetail['kind'], string>>> = {
  tool: 'Result',
  knowledge: 'Found',
  memory: 'Kept in mind',
};

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
