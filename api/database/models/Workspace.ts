import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** Whose things these are: a person’s own, or a team’s. */
export class Workspace extends Model<InferAttributes<Workspace>, InferCreationAttributes<Workspace>> {
  declare id: string;
  declare name: string;
  declare isPersonal: CreationOptional<boolean>;
  /** Ended simulations go after as many days; null keeps them as long as the workspace is there. */
  declare retentionDays: CreationOptional<number | null>;
  /** Whatever its age, no simulation goes before. */
  declare retentionNotBefore: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initWorkspace = (sequelize: Sequelize) =>
  Workspace.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      name: { type: DataTypes.TEXT, allowNull: false },
      isPersonal: DataTypes.BOOLEAN,
      retentionDays: DataTypes.INTEGER,
      retentionNotBefore: DataTypes.DATE,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'workspaces' },
  );
