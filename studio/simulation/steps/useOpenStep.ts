import { useSearchParams } from 'react-router';

const STEP = 'step';

/** The step that lies open beside the page. It stands in the address, so that it can be shown to somebody. */
export function useOpenStep(): readonly [string | null, (path: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const open = (path: string | null) =>
    setParams(
      (before) => {
        if (path === null) before.delete(STEP);
        else before.set(STEP, path);
        return before;
      },
      { replace: true },
    );
  return [params.get(STEP), open];
}
