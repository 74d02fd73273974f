import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** A named graph that people edit. `graphVersion` is the conflict token: it changes when the graph does, and only then. */
export class Crew extends Model<InferAttributes<Crew>, InferCreationAttributes<Crew>> {
  declare id: string;
  declare workspaceId: string;
  declare name: string;
  declare description: CreationOptional<string>;
  declare graph: CrewGraph;
  declare graphVersion: CreationOptional<number>;
  /** The agent of the library that is tried alone in it. Such a crew is in no list. */
  declare agentId: CreationOptional<string | null>;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initCrew = (sequelize: Sequelize) =>
  Crew.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      description: DataTypes.TEXT,
      graph: { type: DataTypes.JSONB, allowNull: false },
      graphVersion: DataTypes.INTEGER,
      agentId: DataTypes.UUID,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'crews' },
  );
