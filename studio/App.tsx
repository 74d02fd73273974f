import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { Confirmation } from './confirm/Confirmation.tsx';
import { routes } from './routes.tsx';
import { muiTheme } from './theme/muiTheme.ts';
import { StyleNonce } from './theme/StyleNonce.tsx';
import { queryClient } from './trpc.ts';
import { LiveRegion } from './ui/LiveRegion.tsx';
import { Toasts } from './ui/Toasts.tsx';

export function App() {
  return (
    <StyleNonce>
      <ThemeProvider theme={muiTheme}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={routes} />
          <Confirmation />
          <Toasts />
          <LiveRegion />
        </QueryClientProvider>
      </ThemeProvider>
    </StyleNonce>
  );
}
