import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A start that was accepted under a caller’s key. */
export class IdempotencyKey extends Model<
  InferAttributes<IdempotencyKey>,
  InferCreationAttributes<IdempotencyKey>
> {
  declare workspaceId: string;
  declare key: string;
  declare bodyHash: string;
  declare simulationId: string;
  declare createdAt: CreationOptional<Date>;
}

export const initIdempotencyKey = (sequelize: Sequelize) =>
  IdempotencyKey.init(
    {
      workspaceId: { type: DataTypes.UUID, primaryKey: true },
      key: { type: DataTypes.TEXT, primaryKey: true },
      bodyHash: { type: DataTypes.TEXT, allowNull: false },
      simulationId: { type: DataTypes.UUID, allowNull: false },
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'idempotency_keys', updatedAt: false },
  );
