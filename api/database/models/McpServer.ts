import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { ServerTool } from '../toolServers/ServerTool.ts';

/** A tool server (MCP over streamable HTTP), with the tools that people agreed to and those last seen there. */
export class McpServer extends Model<InferAttributes<McpServer>, InferCreationAttributes<McpServer>> {
  declare id: string;
  declare workspaceId: string;
  declare name: string;
  /** The middle of its tools' names. */
  declare slug: string;
  declare url: string;
  declare credentialId: string | null;
  declare tools: CreationOptional<ServerTool[]>;
  declare hash: CreationOptional<string | null>;
  declare seen: CreationOptional<ServerTool[] | null>;
  declare seenHash: CreationOptional<string | null>;
  declare checkedAt: CreationOptional<Date | null>;
  declare failure: CreationOptional<{ code: string; message: string } | null>;
  declare createdBy: string | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initMcpServer = (sequelize: Sequelize) =>
  McpServer.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      url: { type: DataTypes.TEXT, allowNull: false },
      credentialId: DataTypes.UUID,
      tools: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      hash: DataTypes.TEXT,
      seen: DataTypes.JSONB,
      seenHash: DataTypes.TEXT,
      checkedAt: DataTypes.DATE,
      failure: DataTypes.JSONB,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'mcp_servers', underscored: true },
  );
