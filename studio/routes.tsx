import { createBrowserRouter, replace } from 'react-router';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { WelcomePage } from './pages/welcome/WelcomePage.tsx';
import { AppShell } from './shell/AppShell.tsx';
import { RouteFailed } from './shell/RouteFailed.tsx';
import { LoadingScreen } from './ui/Screen.tsx';

/** Every page beyond the door is a chunk of its own, loaded when it is first opened. */
export const routes = createBrowserRouter([
  {
    errorElement: <RouteFailed />,
    hydrateFallbackElement: <LoadingScreen title="Opening the house" />,
    children: [
      { path: '/', element: <WelcomePage form="login" isHome /> },
      { path: '/login', element: <WelcomePage form="login" /> },
      { path: '/signup', element: <WelcomePage form="signup" /> },
      {
        path: '/verify',
        lazy: async () => ({ Component: (await import('./pages/links/VerifyPage.tsx')).VerifyPage }),
      },
      {
        path: '/forgot',
        lazy: async () => ({ Component: (await import('./pages/links/ForgotPage.tsx')).ForgotPage }),
      },
      {
        path: '/reset',
        lazy: async () => ({ Component: (await import('./pages/links/ResetPage.tsx')).ResetPage }),
      },
      {
        path: '/change-email',
        lazy: async () => ({
          Component: (await import('./pages/links/ChangeEmailPage.tsx')).ChangeEmailPage,
        }),
      },
      {
        path: '/undo-email',
        lazy: async () => ({ Component: (await import('./pages/links/UndoEmailPage.tsx')).UndoEmailPage }),
      },
      {
        path: '/invite',
        lazy: async () => ({ Component: (await import('./pages/welcome/InvitePage.tsx')).InvitePage }),
      },
      {
        path: '/keep',
        lazy: async () => ({ Component: (await import('./pages/welcome/KeepPage.tsx')).KeepPage }),
      },
      {
        element: <AppShell />,
        children: [
          {
            errorElement: <RouteFailed />,
            children: [
              {
                path: '/crews',
                lazy: async () => ({ Component: (await import('./pages/crews/CrewsPage.tsx')).CrewsPage }),
              },
              {
                path: '/crews/:crewId/edit',
                lazy: async () => ({ Component: (await import('./pages/CrewEditPage.tsx')).CrewEditPage }),
              },
              {
                path: '/agents',
                lazy: async () => ({ Component: (await import('./pages/agents/AgentsPage.tsx')).AgentsPage }),
              },
              {
                path: '/agents/:agentId',
                lazy: async () => ({ Component: (await import('./pages/agents/AgentPage.tsx')).AgentPage }),
              },
              {
                path: '/simulations',
                lazy: async () => ({
                  Component: (await import('./pages/simulations/SimulationsPage.tsx')).SimulationsPage,
                }),
              },
              {
                path: '/simulations/compare',
                lazy: async () => ({
                  Component: (await import('./simulation/compare/ComparePage.tsx')).ComparePage,
                }),
              },
              {
                path: '/simulations/:simulationId',
                lazy: async () => ({
                  Component: (await import('./simulation/SimulationPage.tsx')).SimulationPage,
                }),
              },
              {
                path: '/inbox',
                lazy: async () => ({ Component: (await import('./pages/inbox/InboxPage.tsx')).InboxPage }),
              },
              {
                path: '/inbox/:requestId',
                lazy: async () => ({
                  Component: (await import('./pages/inbox/QuestionPage.tsx')).QuestionPage,
                }),
              },
              {
                path: '/settings',
                lazy: async () => ({
                  Component: (await import('./pages/settings/SettingsLayout.tsx')).SettingsLayout,
                }),
                children: [
                  { index: true, loader: () => replace('/settings/credentials') },
                  {
                    path: 'account',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/account/AccountPage.tsx')).AccountPage,
                    }),
                  },
                  {
                    path: 'credentials',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/credentials/CredentialsPage.tsx'))
                        .CredentialsPage,
                    }),
                  },
                  {
                    path: 'members',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/members/MembersPage.tsx')).MembersPage,
                    }),
                  },
                  {
                    path: 'workspace',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/workspace/WorkspacePage.tsx')).WorkspacePage,
                    }),
                  },
                  {
                    path: 'security',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/security/SecurityPage.tsx')).SecurityPage,
                    }),
                  },
                  {
                    path: 'tool-servers',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/toolServers/ToolServersPage.tsx'))
                        .ToolServersPage,
                    }),
                  },
                  {
                    path: 'data',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/data/DataPage.tsx')).DataPage,
                    }),
                  },
                  {
                    path: 'audit',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/audit/AuditPage.tsx')).AuditPage,
                    }),
                  },
                  {
                    path: 'outbox',
                    lazy: async () => ({
                      Component: (await import('./pages/settings/outbox/OutboxPage.tsx')).OutboxPage,
                    }),
                  },
                ],
              },
              {
                path: '/admin',
                lazy: async () => ({
                  Component: (await import('./pages/admin/AdminLayout.tsx')).AdminLayout,
                }),
                children: [
                  { index: true, loader: () => replace('/admin/users') },
                  {
                    path: 'users',
                    lazy: async () => ({
                      Component: (await import('./pages/admin/UsersPage.tsx')).UsersPage,
                    }),
                  },
                  {
                    path: 'workspaces',
                    lazy: async () => ({
                      Component: (await import('./pages/admin/WorkspacesPage.tsx')).WorkspacesPage,
                    }),
                  },
                  {
                    path: 'usage',
                    lazy: async () => ({
                      Component: (await import('./pages/admin/UsagePage.tsx')).UsagePage,
                    }),
                  },
                  {
                    path: 'failures',
                    lazy: async () => ({
                      Component: (await import('./pages/admin/FailuresPage.tsx')).FailuresPage,
                    }),
                  },
                  {
                    path: 'health',
                    lazy: async () => ({
                      Component: (await import('./pages/admin/HealthPage.tsx')).HealthPage,
                    }),
                  },
                ],
              },
              {
                path: '/knowledge',
                lazy: async () => ({
                  Component: (await import('./pages/knowledge/KnowledgePage.tsx')).KnowledgePage,
                }),
              },
              {
                path: '/knowledge/memories',
                lazy: async () => ({
                  Component: (await import('./pages/knowledge/memories/MemoriesPage.tsx')).MemoriesPage,
                }),
              },
              {
                path: '/knowledge/:knowledgeId',
                lazy: async () => ({
                  Component: (await import('./pages/knowledge/KnowledgeBasePage.tsx')).KnowledgeBasePage,
                }),
              },
              { path: '*', element: <NotFoundPage /> },
            ],
          },
        ],
      },
    ],
  },
]);
