import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A signed-in browser. Keyed by the hash of its cookie, so that a leaked table opens no session. */
export class Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  declare idHash: string;
  /** Names it in lists: what it is keyed by opens it. */
  declare id: CreationOptional<string>;
  declare userId: string;
  declare expiresAt: Date;
  declare ip: CreationOptional<string>;
  declare userAgent: CreationOptional<string>;
  /** When the password was last given in it. */
  declare authenticatedAt: CreationOptional<Date>;
  /** Written once a minute at most. */
  declare lastUsedAt: CreationOptional<Date>;
  /** A code was given besides the password. */
  declare hasSecondFactor: CreationOptional<boolean>;
  /** Began in a browser, or a program, in which nobody had signed in to the account before. */
  declare isNewDevice: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initSession = (sequelize: Sequelize) =>
  Session.init(
    {
      idHash: { type: DataTypes.TEXT, primaryKey: true },
      id: DataTypes.UUID,
      userId: { type: DataTypes.UUID, allowNull: false },
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      ip: DataTypes.TEXT,
      userAgent: DataTypes.TEXT,
      authenticatedAt: DataTypes.DATE,
      lastUsedAt: DataTypes.DATE,
      hasSecondFactor: DataTypes.BOOLEAN,
      isNewDevice: DataTypes.BOOLEAN,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'sessions' },
  );
