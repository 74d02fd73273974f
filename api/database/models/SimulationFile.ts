import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A file that a task asked for (`outputFile`). Kept with the simulation, never on the server’s disk. */
export class SimulationFile extends Model<
  InferAttributes<SimulationFile>,
  InferCreationAttributes<SimulationFile>
> {
  declare simulationId: string;
  declare name: string;
  declare workspaceId: string;
  declare path: string;
  declare sha256: Buffer;
  declare size: number;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initSimulationFile = (sequelize: Sequelize) =>
  SimulationFile.init(
    {
      simulationId: { type: DataTypes.UUID, primaryKey: true },
      name: { type: DataTypes.TEXT, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      path: { type: DataTypes.TEXT, allowNull: false },
      sha256: { type: DataTypes.BLOB, allowNull: false },
      size: { type: DataTypes.INTEGER, allowNull: false },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'simulation_files' },
  );
