import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { LibraryAgent } from '#workflows/graph/libraryAgent.ts';

/** An agent saved apart from crews. `version` is the conflict token, and tells copies in crews that there is a newer one. */
export class Agent extends Model<InferAttributes<Agent>, InferCreationAttributes<Agent>> {
  declare id: string;
  declare workspaceId: string;
  declare data: LibraryAgent;
  /** Declared placeholders, with a value to try each with. */
  declare inputs: CreationOptional<Record<string, string>>;
  declare version: CreationOptional<number>;
  declare visibility: CreationOptional<'private' | 'public'>;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initAgent = (sequelize: Sequelize) =>
  Agent.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      data: { type: DataTypes.JSONB, allowNull: false },
      inputs: DataTypes.JSONB,
      version: DataTypes.INTEGER,
      visibility: DataTypes.TEXT,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'agents' },
  );
