import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { Plan } from '#workflows/graph/planSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** A frozen graph with its plan. Never changed; one row for equal content. */
export class CrewVersion extends Model<InferAttributes<CrewVersion>, InferCreationAttributes<CrewVersion>> {
  declare id: string;
  declare workspaceId: string;
  declare crewId: string;
  declare number: number;
  declare hash: string;
  declare graph: CrewGraph;
  declare plan: Plan;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initCrewVersion = (sequelize: Sequelize) =>
  CrewVersion.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      crewId: { type: DataTypes.UUID, allowNull: false },
      number: { type: DataTypes.INTEGER, allowNull: false },
      hash: { type: DataTypes.TEXT, allowNull: false },
      graph: { type: DataTypes.JSONB, allowNull: false },
      plan: { type: DataTypes.JSONB, allowNull: false },
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'crew_versions' },
  );
