import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** What a person asked of a simulation. Written before it is sent, so that nothing asked is lost. */
export class Command extends Model<InferAttributes<Command>, InferCreationAttributes<Command>> {
  declare simulationId: string;
  declare seq: number;
  declare workspaceId: string;
  declare kind: 'pause' | 'resume' | 'cancel' | 'retry';
  declare byUser: CreationOptional<string | null>;
  declare byName: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
}

export const initCommand = (sequelize: Sequelize) =>
  Command.init(
    {
      simulationId: { type: DataTypes.UUID, primaryKey: true },
      seq: { type: DataTypes.INTEGER, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      kind: { type: DataTypes.TEXT, allowNull: false },
      byUser: DataTypes.UUID,
      byName: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'commands', updatedAt: false },
  );
