import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A person, or a guest who may become one by signing up. */
export class User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: string;
  declare email: string | null;
  declare name: string;
  declare passwordHash: string | null;
  declare isGuest: CreationOptional<boolean>;
  declare role: CreationOptional<'user' | 'admin'>;
  declare emailVerifiedAt: CreationOptional<Date | null>;
  /** By an administrator: nobody signs in with it. */
  declare disabledAt: CreationOptional<Date | null>;
  /** When everything of theirs is removed; null for those who stay. */
  declare deletionDueAt: CreationOptional<Date | null>;
  /** Of the picture, and null without one: its address changes when it does. */
  declare avatarVersion: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initUser = (sequelize: Sequelize) =>
  User.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      email: DataTypes.TEXT,
      name: { type: DataTypes.TEXT, allowNull: false },
      passwordHash: DataTypes.TEXT,
      isGuest: DataTypes.BOOLEAN,
      role: DataTypes.TEXT,
      emailVerifiedAt: DataTypes.DATE,
      disabledAt: DataTypes.DATE,
      deletionDueAt: DataTypes.DATE,
      avatarVersion: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'users' },
  );
