export const SimulationsPage = () => null;
