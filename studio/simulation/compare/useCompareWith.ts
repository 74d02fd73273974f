import { useNavigate } from 'react-router';

/** Opens two simulations side by side; the older way round, the one that was forked from comes first. */
export function useCompareWith(simulationId: string): (otherId: string) => void {
  const navigate = useNavigate();
  return (otherId) => {
    // Ids rise with time.
    const [a, b] = simulationId < otherId ? [simulationId, otherId] : [otherId, simulationId];
    Promise.resolve(navigate(`/simulations/compare?a=${a}&b=${b}`)).catch(() => undefined);
  };
}
