import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { EventType, SimulationEvent } from '#workflows/graph/eventSchema.ts';

/** An event as stored. `SimulationEvent` is the form that leaves the database. */
export class EventRow extends Model<InferAttributes<EventRow>, InferCreationAttributes<EventRow>> {
  declare simulationId: string;
  declare seq: number;
  declare workspaceId: string;
  declare key: string;
  declare type: EventType;
  declare data: SimulationEvent['data'];
  declare at: Date;
}

export const initEventRow = (sequelize: Sequelize) =>
  EventRow.init(
    {
      simulationId: { type: DataTypes.UUID, primaryKey: true },
      seq: { type: DataTypes.INTEGER, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      key: { type: DataTypes.TEXT, allowNull: false },
      type: { type: DataTypes.TEXT, allowNull: false },
      data: { type: DataTypes.JSONB, allowNull: false },
      at: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, tableName: 'events', timestamps: false },
  );
