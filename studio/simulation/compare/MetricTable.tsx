import { Link } from 'react-router';
import { formatWhen } from '../../ui/formats.ts';
import styles from './ComparePage.module.css';
import { type Comparison, metricsOf } from './metrics.ts';

export function MetricTable({ comparison }: { readonly comparison: Comparison }) {
  const { a, b, changed } = comparison;
  return (
    <section className={styles.metrics} aria-label="In figures">
      <table>
        <thead>
          <tr>
            <td />
            <SideHead letter="A" side={a} />
            <SideHead letter="B" side={b} />
            <td />
          </tr>
        </thead>
        <tbody>
          {metricsOf(comparison).map((metric) => (
            <tr key={metric.name}>
              <th scope="row">{metric.name}</th>
              <td>{metric.a}</td>
              <td>{metric.b}</td>
              <td className="faint">{metric.difference}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.changed}>
        {changed === '' ? (
          'B was made exactly as A.'
        ) : (
          <>
            In B is different: <b>{changed}</b>
          </>
        )}
      </p>
    </section>
  );
}

interface SideHeadProps {
  readonly letter: 'A' | 'B';
  readonly side: Comparison['a'];
}

const SideHead = ({ letter, side: { id, title, createdAt } }: SideHeadProps) => (
  <th scope="col">
    <Link to={`/simulations/${id}`} title={title} className={styles.sideLink}>
      <i>{letter}</i> {formatWhen(createdAt)}
    </Link>
  </th>
);
