export const CrewEditPage = () => null;
