import { isRouteErrorResponse, useRouteError } from 'react-router';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { problemOf } from '../problem.ts';
import { FailedScreen } from '../ui/Screen.tsx';

/** What is shown when a page breaks: what happened, and the id under which the server wrote it down. */
export function RouteFailed() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const isOurs = problemOf(error).code === 'network' && error instanceof Error;
  return (
    <FailedScreen
      title="This page fell through the trapdoor"
      error={error}
      message={isOurs ? whatBroke(error) : undefined}
      onRetry={() => location.reload()}
    />
  );
}

const whatBroke = (error: Error) =>
  `Something in the page broke (${error.message}). Loading it again usually helps.`;
