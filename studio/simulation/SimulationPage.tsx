export const SimulationPage = () => null;
